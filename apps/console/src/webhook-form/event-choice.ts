import { ALL, type TreeModule, type TreeType, wildcard } from './event-tree';

/** Everything, also what the catalog gets later; or nothing of what it has. Entries that it lost stay either way. */
export function toggleAll(tree: readonly TreeModule[], events: readonly string[]): string[] {
  const kept = events.filter((event) => event !== ALL && !tree.some((module) => belongs(module, event)));
  return events.includes(ALL) ? kept : [...kept, ALL];
}

/** A whole module becomes `<module>:*`, which takes its future events too, in place of its single types. */
export function toggleModule(tree: readonly TreeModule[], module: TreeModule, events: readonly string[]): string[] {
  const open = withoutAll(tree, events);
  const others = open.filter((event) => !belongs(module, event));
  return open.includes(wildcard(module.name)) ? others : [...others, wildcard(module.name)];
}

/**
 * Taking one type out of a wider choice leaves the other types of it, each by its name; taking a combined type out of one
 * takes its members.
 */
export function toggleType(tree: readonly TreeModule[], module: TreeModule, type: TreeType, events: readonly string[]): string[] {
  const open = withoutAll(tree, events);
  if (open.includes(wildcard(module.name))) {
    const out = type.combines.length > 0 ? type.combines : [type.name];
    return withoutWildcard(module, open).filter((event) => !out.includes(event));
  }
  return open.includes(type.name) ? open.filter((event) => event !== type.name) : [...open, type.name];
}

function belongs(module: TreeModule, event: string): boolean {
  return event === wildcard(module.name) || module.types.some(({ name }) => name === event);
}

function withoutAll(tree: readonly TreeModule[], events: readonly string[]): readonly string[] {
  if (!events.includes(ALL)) return events;
  const lost = events.filter((event) => event !== ALL && !tree.some((module) => belongs(module, event)));
  return [...lost, ...tree.map(({ name }) => wildcard(name))];
}

// Plain types only: a combined type beside its members would bring back the one that is taken out.
function withoutWildcard(module: TreeModule, events: readonly string[]): string[] {
  const others = events.filter((event) => !belongs(module, event));
  return [...others, ...module.types.filter(({ combines }) => combines.length === 0).map(({ name }) => name)];
}
