import fc from 'fast-check';

type Schema = Readonly<Record<string, unknown>>;
type Schemas = Readonly<Record<string, Schema>>;

const HOSTILE_TEXTS = ['', '\u0000', '\ud800', '__proto__', 'x'.repeat(5_000), ' ', '../..', '*', '%00', '{{', "' or 1=1 --", '𝔘'];
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(...HOSTILE_TEXTS, 1e308, -1, 0.5, [], {}, null, [null], { toString: 1 }),
);

/**
 * Values for a JSON Schema: mostly ones that fit, and here and there something that does not in place of a part of them.
 * @param faults share of the places, 0 to 1, at which something else may stand
 */
export function valuesOf(schema: Schema, schemas: Schemas, faults: number): fc.Arbitrary<unknown> {
  const fitting = fittingValues(schema, schemas, faults);
  const weight = Math.round(faults * 100);
  return weight === 0 ? fitting : fc.oneof({ weight: 100 - weight, arbitrary: fitting }, { weight, arbitrary: hostile });
}

function fittingValues(schema: Schema, schemas: Schemas, faults: number): fc.Arbitrary<unknown> {
  const inside = (part: unknown): fc.Arbitrary<unknown> => valuesOf(part as Schema, schemas, faults);
  if (typeof schema['$ref'] === 'string') return inside(schemas[schema['$ref'].split('/').at(-1)!]);
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom<unknown>(...(schema['enum'] as unknown[]));
  const choice = (schema['oneOf'] ?? schema['anyOf']) as Schema[] | undefined;
  if (choice) return fc.oneof(...choice.map(inside));
  const types = [schema['type']].flat() as (string | undefined)[];
  return fc.oneof(...types.map((type) => ofType(type, schema, inside, faults)));
}

function ofType(type: string | undefined, schema: Schema, inside: (part: unknown) => fc.Arbitrary<unknown>, faults: number) {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: (schema['minimum'] as number) ?? -10, max: (schema['maximum'] as number) ?? 1e6 });
    case 'number':
      return fc.double({ min: (schema['minimum'] as number) ?? -10, max: (schema['maximum'] as number) ?? 1e6, noNaN: true });
    case 'string':
      return texts(schema);
    case 'array':
      return fc.array(inside(schema['items'] ?? {}), { minLength: (schema['minItems'] as number) ?? 0, maxLength: 4 });
    case 'object':
      return objects(schema, inside, faults);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function texts(schema: Schema): fc.Arbitrary<string> {
  if (typeof schema['pattern'] === 'string') return fc.stringMatching(new RegExp(schema['pattern']));
  if (schema['format'] === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString());
  if (schema['format'] === 'email') return fc.constantFrom('owner@example.com', 'a@b.example');
  if (schema['format'] === 'uri') return fc.constant('http://127.0.0.1:8080/hooks');
  const minLength = (schema['minLength'] as number) ?? 0;
  return fc.string({ minLength, maxLength: Math.min((schema['maxLength'] as number) ?? 60, 200), unit: 'grapheme' });
}

function objects(schema: Schema, inside: (part: unknown) => fc.Arbitrary<unknown>, faults: number): fc.Arbitrary<unknown> {
  const properties = Object.fromEntries(Object.entries((schema['properties'] as Schema) ?? {}).map(([name, part]) => [name, inside(part)]));
  const requiredKeys = faults > 0 ? [] : ((schema['required'] as string[]) ?? []);
  const known = fc.record(properties, { requiredKeys: requiredKeys as never[] });
  const more = typeof schema['additionalProperties'] === 'object' ? inside(schema['additionalProperties']) : hostile;
  const extra = typeof schema['additionalProperties'] === 'object' ? 3 : faults > 0 ? 1 : 0;
  if (extra === 0) return known;
  const names = fc.oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.constantFrom('X-Env', '__proto__', 'constructor', 'id', 'version'));
  return fc.tuple(known, fc.dictionary(names, more, { maxKeys: extra }), fc.boolean()).map(([a, b, add]) => (add ? { ...b, ...a } : a));
}
