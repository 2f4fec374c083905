/** The query of an address as plain texts: `?code=5xx&q=12` and no more quoting than that. The last of a repeated name counts. */
export function parseSearch(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** Undefined, null and empty texts leave their name out. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const named = Object.entries(search).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, asText(value)]],
  );
  const query = new URLSearchParams(named).toString();
  return query === '' ? '' : `?${query}`;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
