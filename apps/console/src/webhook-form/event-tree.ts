import type { EventModule, EventType } from '../api';

export interface TreeType {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Of a combined type: what a subscription to it means. */
  readonly combines: readonly string[];
  readonly deprecated: boolean;
}

export interface TreeModule {
  readonly name: string;
  readonly label: string;
  readonly types: readonly TreeType[];
}

export const ALL = '*';
export const wildcard = (module: string): string => `${module}:*`;

/** What a box shows: `all` and `module` say that a wider choice already covers it, `combined` that a combined type does. */
export type Choice = 'off' | 'on' | 'some' | 'all' | 'module' | 'combined';

/** Modules with their types, combined types last, both in the catalog's order. */
export function eventTree(modules: readonly EventModule[], types: readonly EventType[]): TreeModule[] {
  const byName = new Map(types.map((type) => [type.name, type]));
  return modules.map(({ name, label, eventTypes }) => {
    const known = eventTypes.flatMap((type) => byName.get(type) ?? []);
    const sorted = [...known].sort((a, b) => Number(a.combines.length > 0) - Number(b.combines.length > 0));
    return { name, label, types: sorted.map(treeType) };
  });
}

/** The modules of which something is named or described so; a module that is named so keeps all its types. */
export function searchTree(tree: readonly TreeModule[], query: string, module = ''): TreeModule[] {
  const wanted = query.trim().toLowerCase();
  return tree
    .filter(({ name }) => module === '' || name === module)
    .map((each) => {
      if (wanted === '' || `${each.name}\n${each.label}`.toLowerCase().includes(wanted)) return each;
      const types = each.types.filter((type) => `${type.name}\n${type.label}\n${type.description}`.toLowerCase().includes(wanted));
      return { ...each, types };
    })
    .filter(({ types }) => types.length > 0);
}

export function moduleChoice(module: TreeModule, events: readonly string[]): Choice {
  if (events.includes(ALL)) return 'all';
  if (events.includes(wildcard(module.name))) return 'on';
  return module.types.some(({ name }) => events.includes(name)) ? 'some' : 'off';
}

export function typeChoice(module: TreeModule, type: TreeType, events: readonly string[]): Choice {
  if (events.includes(ALL)) return 'all';
  if (events.includes(wildcard(module.name))) return 'module';
  if (events.includes(type.name)) return 'on';
  return combinedBy(module, type, events) ? 'combined' : 'off';
}

/** The chosen combined type that brings this type along. */
export function combinedBy(module: TreeModule, { name }: TreeType, events: readonly string[]): TreeType | undefined {
  return module.types.find((type) => type.combines.includes(name) && events.includes(type.name));
}

/** Entries of `events` that the catalog has lost; the API keeps them until their owner takes them away. */
export function lostEvents(tree: readonly TreeModule[], events: readonly string[]): string[] {
  const known = new Set([ALL, ...tree.flatMap(({ name, types }) => [wildcard(name), ...types.map((type) => type.name)])]);
  return events.filter((event) => !known.has(event));
}

/** How many event types of the catalog a choice means today; combined types count as their members. */
export function chosenCount(tree: readonly TreeModule[], events: readonly string[]): number {
  return tree.flatMap((module) => module.types.filter((type) => type.combines.length === 0 && typeChoice(module, type, events) !== 'off'))
    .length;
}

function treeType({ name, label, description, combines, deprecated }: EventType): TreeType {
  return { name, label, description, combines, deprecated: deprecated !== null };
}
