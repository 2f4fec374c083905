import { Catalog, type Deprecation, type EventType, type JsonSchema, type SchemaCheck } from './catalog.js';

/** An event type that an administrator defined, as the compacted topic carries it. Texts, sample and pointers are empty where they are absent: who only routes needs none of them. */
export interface EventTypeState {
  readonly name: string;
  readonly version: number;
  readonly module: string;
  readonly combines: readonly string[];
  /** `null` of a combined type. */
  readonly schema: JsonSchema | null;
  readonly schemaCheck: SchemaCheck;
  readonly deprecated: Deprecation | null;
  readonly updatedAt: string;
  readonly redact?: readonly string[];
  readonly label?: string;
  readonly description?: string;
  readonly sample?: unknown;
}

/**
 * A catalog from files with the types of administrators on top, which come and go while it is used. What a file defines
 * is never changed or taken away. Types may come in any order: a combined type may be there before its members.
 */
export class LiveCatalog extends Catalog {
  private readonly states = new Map<string, EventTypeState>();
  private readonly fixed: ReadonlySet<string>;

  /** @param files what `loadCatalog` read */
  constructor(files: Catalog) {
    super(files.allModules(), files.eventTypes());
    this.fixed = new Set(files.eventTypes().map(({ name }) => name));
  }

  /** Whether a file defines the type, so that nobody may change it. */
  isFixed(name: string): boolean {
    return this.fixed.has(name);
  }

  /** Puts an administrator's type in, in place of what it was. @returns false when a file defines the name, which wins */
  set(state: EventTypeState): boolean {
    if (this.fixed.has(state.name)) return false;
    this.states.set(state.name, state);
    this.byName.set(state.name, this.described(state));
    this.refreshCombined(state.name);
    return true;
  }

  /** Takes an administrator's type away. @returns false when there is none of this name */
  delete(name: string): boolean {
    if (!this.states.delete(name)) return false;
    this.byName.delete(name);
    this.refreshCombined(name);
    return true;
  }

  /** Makes the types of administrators these and no others. */
  replaceAll(states: readonly EventTypeState[]): void {
    const names = new Set(states.map(({ name }) => name));
    for (const name of [...this.states.keys()]) if (!names.has(name)) this.delete(name);
    for (const state of states) if (this.states.get(state.name)?.version !== state.version) this.set(state);
  }

  // What a combined type shows is made of its members as they are.
  private refreshCombined(member: string): void {
    for (const state of this.states.values()) {
      if (state.combines.includes(member)) this.byName.set(state.name, this.described(state));
    }
  }

  private described(state: EventTypeState): EventType {
    const { label = '', description = '', redact = [], combines, schema, sample } = state;
    const members = combines.flatMap((name) => this.get(name) ?? []);
    return {
      ...state,
      origin: 'admin',
      label,
      description,
      redact,
      schema: schema ?? { anyOf: members.map((member) => member.schema) },
      sample: combines.length > 0 ? members[0]?.sample : sample,
    };
  }
}
