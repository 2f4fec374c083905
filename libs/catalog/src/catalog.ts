/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface CatalogModule {
  readonly name: string;
  readonly label: string;
  /** The domain topic that carries the module's events; `null` when none does: Hookstream makes them itself. */
  readonly topic: string | null;
}

/** `off` takes any data, `warn` takes it and names its faults in the answer, `reject` refuses it. */
export type SchemaCheck = (typeof SCHEMA_CHECKS)[number];
export const SCHEMA_CHECKS = ['off', 'warn', 'reject'] as const;

/** What `redact` of a type may hold: JSON pointers (RFC 6901), none of which is the whole. */
export const REDACT = { pointer: '^(/([^~/]|~[01])*)+$', most: 100, pointerLength: 1_000 } as const;

export interface Deprecation {
  /** RFC 3339. */
  readonly since: string;
  readonly message: string | null;
  /** The type to use instead. */
  readonly replacedBy: string | null;
}

export interface EventType {
  readonly name: string;
  /** Name of its module. */
  readonly module: string;
  readonly label: string;
  readonly description: string;
  /** RFC 3339. */
  readonly updatedAt: string;
  /** Where it is defined: with Hookstream, in the deployment's own files, or by an administrator through the API. */
  readonly origin: 'shipped' | 'deployment' | 'admin';
  /** Counts the changes of an administrator's type; of one from a file, what the file says. */
  readonly version: number;
  /** What the API does with data that does not fit `schema`. */
  readonly schemaCheck: SchemaCheck;
  /** That it should no longer be used; `null`: it may be. */
  readonly deprecated: Deprecation | null;
  /** Of a combined type: the types that a subscription to it means. Otherwise empty. */
  readonly combines: readonly string[];
  /** JSON pointers into the data, `*` being every member or item: what is not stored. Of a combined type none: its members have theirs. */
  readonly redact: readonly string[];
  /** Of `data`. Of a combined type: of any of its members. */
  readonly schema: JsonSchema;
  /** Realistic data that fits the schema. Of a combined type: its first member's. */
  readonly sample: unknown;
}

/** What an entry of a webhook's `events` stands for. */
export type Subscription = { readonly all: true } | { readonly module: string } | { readonly types: readonly string[] };

/** Which events there are. What `loadCatalog` builds at boot is constant; a `LiveCatalog` over it follows what administrators define. */
export class Catalog {
  protected readonly byName: Map<string, EventType>;
  private readonly moduleByName: ReadonlyMap<string, CatalogModule>;

  constructor(modules: readonly CatalogModule[], types: readonly EventType[]) {
    this.moduleByName = new Map(modules.map((module) => [module.name, module]));
    this.byName = new Map(types.map((type) => [type.name, type]));
  }

  /** The modules that a webhook can subscribe to, with the names of their types, combined ones included. */
  modules(): readonly { name: string; label: string; topic: string; eventTypes: readonly string[] }[] {
    return [...this.moduleByName.values()].flatMap(({ name, label, topic }) =>
      topic === null
        ? []
        : [{ name, label, topic, eventTypes: this.eventTypes().flatMap((type) => (type.module === name ? [type.name] : [])) }],
    );
  }

  /** Every module, also one that no topic carries. */
  allModules(): readonly CatalogModule[] {
    return [...this.moduleByName.values()];
  }

  /** A module by its name. */
  module(name: string): CatalogModule | undefined {
    return this.moduleByName.get(name);
  }

  /** Every type, combined and synthetic ones included, in the order of the files. */
  eventTypes(): readonly EventType[] {
    return [...this.byName.values()];
  }

  get(type: string): EventType | undefined {
    return this.byName.get(type);
  }

  /** The domain topics to route, each once. */
  topics(): readonly string[] {
    return [...new Set(this.modules().map((module) => module.topic))];
  }

  /** Name of the module of any type of the catalog. */
  moduleOf(type: string): string | undefined {
    return this.byName.get(type)?.module;
  }

  /**
   * Every entry of a webhook's `events` that stands for this type or what it combines: its own name, the combined types it is in, its
   * module's `<module>:*` and `*`. What a webhook with none of them gets does not depend on the type.
   */
  coveringNames(type: string): readonly string[] {
    const combined = this.eventTypes().flatMap(({ name, combines }) => (combines.includes(type) ? [name] : []));
    const module = this.moduleOf(type);
    return [type, ...combined, ...(module === undefined ? [] : [`${module}:*`]), '*'];
  }

  /** The domain topic on which events of this type travel; undefined for what does not travel: combined, synthetic or unknown types. */
  topicOf(type: string): string | undefined {
    const found = this.byName.get(type);
    return found && found.combines.length === 0 ? (this.moduleByName.get(found.module)?.topic ?? undefined) : undefined;
  }

  /** The sample as the bytes of an event's `data`: compact JSON. */
  sampleBytes(type: string): Buffer | undefined {
    const found = this.byName.get(type);
    return found && Buffer.from(JSON.stringify(found.sample), 'utf8');
  }

  /** Whether events of this type can be published and routed. Combined types are subscribed to, and `test.webhook` is never published: both are not. */
  isKnown(type: string): boolean {
    return this.topicOf(type) !== undefined;
  }

  /** What a webhook means by one entry of `events`: `*`, `<module>:*`, a type or a combined type. Undefined when it is none of these. */
  expand(subscription: string): Subscription | undefined {
    if (subscription === '*') return { all: true };
    if (subscription.endsWith(':*')) return this.expandModule(subscription.slice(0, -2));
    const combines = this.byName.get(subscription)?.combines ?? [];
    if (combines.length > 0) return { types: combines };
    return this.isKnown(subscription) ? { types: [subscription] } : undefined;
  }

  private expandModule(name: string): Subscription | undefined {
    const module = this.moduleByName.get(name);
    return module && module.topic !== null ? { module: name } : undefined;
  }
}
