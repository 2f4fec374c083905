import type { Catalog } from '#libs/catalog';

type Types = Pick<Catalog, 'eventTypes' | 'expand' | 'modules'>;

/**
 * The entries of `events` with which a webhook gets everything that `event` stands for: itself, combined types that
 * include it, its module's `<module>:*`, `*`. What the catalog lacks stands for itself only.
 */
export function entriesCovering(catalog: Types, event: string): string[] {
  const wanted = typesOf(catalog, event);
  if (wanted.size === 0) return [event];
  const covering = entries(catalog).filter((entry) => {
    const given = typesOf(catalog, entry);
    return [...wanted].every((type) => given.has(type));
  });
  return [...new Set([event, ...covering])];
}

/** The entries of `events` with which a webhook gets any event of the module. */
export function entriesTouching(catalog: Types, module: string): string[] {
  const all = `${module}:*`;
  const wanted = typesOf(catalog, all);
  const touching = entries(catalog).filter((entry) => [...typesOf(catalog, entry)].some((type) => wanted.has(type)));
  return [...new Set([all, ...touching])];
}

function entries(catalog: Types): string[] {
  return ['*', ...catalog.modules().map((module) => `${module.name}:*`), ...catalog.eventTypes().map((type) => type.name)];
}

function typesOf(catalog: Types, entry: string): Set<string> {
  const meant = catalog.expand(entry);
  if (!meant) return new Set();
  if ('types' in meant) return new Set(meant.types);
  const routed = catalog.eventTypes().filter((type) => type.combines.length === 0 && catalog.expand(type.name));
  return new Set(routed.filter((type) => 'all' in meant || type.module === meant.module).map((type) => type.name));
}
