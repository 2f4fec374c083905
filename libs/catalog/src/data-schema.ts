import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonSchema } from './catalog.js';

/** What is wrong with a value or a schema, and where. */
export interface SchemaFault {
  /** JSON Pointer from the root of what was checked; empty: the whole. */
  readonly path: string;
  /** The JSON Schema keyword that is not met. */
  readonly rule: string;
  readonly message: string;
}

/** More would help nobody, and one fault for each of a million items would fill the memory. */
const MOST_FAULTS = 20;
/** Past this many bytes of data only the first fault is looked for. */
const ALL_FAULTS_BYTES = 64 * 1024;

/** JSON Schema, draft 2020-12, of an event type's `data`, compiled when it is first needed. */
export class DataSchema {
  private first: ValidateFunction | undefined;
  private all: ValidateFunction | undefined;

  /** @param schema one without faults by `schemaFaults` */
  constructor(private readonly schema: JsonSchema) {}

  /**
   * The faults of data, none when it fits.
   * @param bytes how large the data is as JSON text
   */
  faultsOf(data: unknown, bytes: number): readonly SchemaFault[] {
    this.first ??= newAjv(false).compile(this.schema);
    if (this.first(data)) return [];
    if (bytes > ALL_FAULTS_BYTES) return readable(this.first.errors);
    this.all ??= newAjv(true).compile(this.schema);
    this.all(data);
    return readable(this.all.errors);
  }
}

/** What keeps a JSON value from being a schema that data can be checked by; none when nothing does. */
export function schemaFaults(schema: JsonSchema): readonly SchemaFault[] {
  const ajv = newAjv(true);
  try {
    if (ajv.validateSchema(schema) !== true) return readable(ajv.errors);
    const check = ajv.compile(schema);
    if ('$async' in check) return [{ path: '/$async', rule: '$async', message: 'must not be set' }];
    return [];
  } catch (error) {
    // An unknown keyword, a reference that leads nowhere, another draft.
    return [{ path: '', rule: 'schema', message: error instanceof Error ? error.message : String(error) }];
  }
}

/** One for each schema: what a schema names by `$id` is then gone with it. References are not copied in, which can double at each level. */
function newAjv(allErrors: boolean): Ajv2020 {
  const ajv = new Ajv2020({ allErrors, allowUnionTypes: true, strictRequired: false, inlineRefs: false, logger: false });
  formats.default(ajv);
  return ajv;
}

function readable(errors: readonly ErrorObject[] | null | undefined): SchemaFault[] {
  return (errors ?? [])
    .filter(({ keyword }) => keyword !== 'if')
    .slice(0, MOST_FAULTS)
    .map((error) => ({ path: pathOf(error), rule: error.keyword, message: error.message ?? 'is invalid' }));
}

// A member that is missing, or one too many, is named itself and not only what holds it.
function pathOf({ instancePath, params }: ErrorObject): string {
  const { missingProperty, additionalProperty, unevaluatedProperty } = params as Record<string, unknown>;
  const member = missingProperty ?? additionalProperty ?? unevaluatedProperty;
  return typeof member === 'string' ? `${instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}` : instancePath;
}
