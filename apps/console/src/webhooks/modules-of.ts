/** The modules that a webhook's events belong to, each once; undefined for everything. Events that the catalog lost have none. */
export function modulesOf(events: readonly string[], moduleOf: ReadonlyMap<string, string>): string[] | undefined {
  if (events.includes('*')) return undefined;
  const modules = events.flatMap((event) => (event.endsWith(':*') ? event.slice(0, -2) : (moduleOf.get(event) ?? [])));
  return [...new Set(modules)];
}
