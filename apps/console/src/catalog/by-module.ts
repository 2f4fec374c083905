import type { EventModule, EventType } from '../api';

export interface ModuleGroup {
  readonly module: EventModule;
  readonly types: readonly EventType[];
}

/** Each module with its events, narrowed to one module and to a text in a name, label or description. Modules without any are left out. */
export function byModule(
  modules: readonly EventModule[],
  types: readonly EventType[],
  { q = '', module }: { readonly q?: string; readonly module?: string },
): ModuleGroup[] {
  const wanted = q.toLowerCase();
  const fits = ({ name, label, description }: EventType) => [name, label, description].some((text) => text.toLowerCase().includes(wanted));
  return modules
    .filter(({ name }) => module === undefined || name === module)
    .map((each) => ({ module: each, types: types.filter((type) => type.module === each.name && fits(type)) }))
    .filter((group) => group.types.length > 0);
}
