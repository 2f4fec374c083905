import type { Deprecation, EventTypeState, JsonSchema, SchemaCheck } from '#libs/catalog';

/** What an administrator says of an event type. */
export interface EventTypeDefinition {
  readonly module: string;
  readonly label: string;
  readonly description: string;
  readonly combines: readonly string[];
  /** `null` of a combined type. */
  readonly schema: JsonSchema | null;
  /** Absent of a combined type. */
  readonly sample?: unknown;
  readonly schemaCheck: SchemaCheck;
  readonly deprecated: Deprecation | null;
  /** JSON pointers into the data: what is not stored. Absent of versions from before there were any. */
  readonly redact?: readonly string[];
}

/** One change of an administrator's type. */
export interface EventTypeVersion {
  readonly name: string;
  readonly version: number;
  /** `null`: this version deleted the type. */
  readonly definition: EventTypeDefinition | null;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly actor: string;
}

export function stateOf({
  name,
  version,
  definition,
  createdAt,
}: EventTypeVersion & { definition: EventTypeDefinition }): Required<EventTypeState> {
  const { sample, redact = [], ...rest } = definition;
  return { name, version, ...rest, redact, sample, updatedAt: createdAt };
}
