import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parseDocument } from 'yaml';
import { type JsonSchema, REDACT, SCHEMA_CHECKS, type SchemaCheck } from './catalog.js';

/** One file of a catalog as it is written: a module and its event types. */
export interface CatalogFile {
  readonly module: string;
  /** May be left out where another file has defined the module. */
  readonly label?: string;
  /** The module's name when left out; `null` when no topic carries its events. */
  readonly topic?: string | null;
  readonly eventTypes: readonly CatalogEntry[];
}

export interface CatalogEntry {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly updatedAt: string;
  readonly version?: number;
  readonly schemaCheck?: SchemaCheck;
  readonly deprecated?: { readonly since: string; readonly message?: string; readonly replacedBy?: string };
  readonly combines?: readonly string[];
  readonly redact?: readonly string[];
  readonly schema?: JsonSchema;
  readonly sample?: unknown;
}

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const ENTRY_NAME = { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,128}$' };

const ajv = new Ajv2020({ allErrors: true });
formats.default(ajv);
const fitsShape = ajv.compile<CatalogFile>({
  type: 'object',
  required: ['module', 'eventTypes'],
  additionalProperties: false,
  properties: {
    module: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,64}$' },
    label: text(100),
    // What Kafka takes as a name, without the names of our own topics.
    topic: { type: ['string', 'null'], pattern: '^(?!hookstream[.])[A-Za-z0-9_.-]{1,249}$' },
    eventTypes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'label', 'description', 'updatedAt'],
        additionalProperties: false,
        properties: {
          name: ENTRY_NAME,
          label: text(100),
          description: text(2000),
          updatedAt: { type: 'string', format: 'date-time' },
          version: { type: 'integer', minimum: 1, maximum: 1_000_000 },
          schemaCheck: { enum: SCHEMA_CHECKS },
          deprecated: {
            type: 'object',
            required: ['since'],
            additionalProperties: false,
            properties: { since: { type: 'string', format: 'date-time' }, message: text(1000), replacedBy: ENTRY_NAME },
          },
          combines: { type: 'array', minItems: 2, uniqueItems: true, items: ENTRY_NAME },
          redact: {
            type: 'array',
            minItems: 1,
            maxItems: REDACT.most,
            uniqueItems: true,
            items: { type: 'string', maxLength: REDACT.pointerLength, pattern: REDACT.pointer },
          },
          schema: { type: 'object' },
          sample: {},
        },
        if: { required: ['combines'] },
        then: { properties: { schema: false, sample: false, schemaCheck: false, redact: false } },
        else: { required: ['schema', 'sample'] },
      },
    },
  },
});

/** Reads one file. What is wrong with it comes back as texts that name the place in it. */
export function parseCatalogFile(yaml: string): { readonly file: CatalogFile } | { readonly faults: readonly string[] } {
  const document = parseDocument(yaml);
  if (document.errors.length > 0) return { faults: document.errors.map((error) => error.message.split('\n')[0]!) };
  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    return { faults: [error instanceof Error ? error.message : String(error)] }; // too many aliases
  }
  if (fitsShape(content)) return { file: content };
  const errors = fitsShape.errors!.filter(({ keyword }) => keyword !== 'if');
  return { faults: errors.map((error) => `${placeOf(content, error.instancePath)} ${error.message}`.trim()) };
}

// `/eventTypes/3/label` says little to a reader; the entry's name does.
function placeOf(content: unknown, path: string): string {
  const [, list, index, ...rest] = path.split('/');
  if (list !== 'eventTypes' || index === undefined) return path.slice(1);
  const { name } = ((content as CatalogFile).eventTypes[Number(index)] ?? {}) as Partial<CatalogEntry>;
  return [typeof name === 'string' ? name : `eventTypes/${index}`, ...rest].join('/');
}
