import { describe, expect, it } from '@jest/globals';
import { validate } from '@scalar/openapi-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { loadCatalog } from '#libs/catalog';
import { apiDocument } from './api-document.js';

type Node = Record<string, unknown>;
const catalog = loadCatalog();
const document = apiDocument(catalog) as Node & { paths: Record<string, Node>; webhooks: Node; components: { schemas: Node } };

/** Every example of the document with the schema beside it. */
function examples(node: unknown, path = ''): { path: string; schema: unknown; value: unknown }[] {
  if (typeof node !== 'object' || node === null) return [];
  const { schema, examples: named } = node as { schema?: unknown; examples?: Record<string, { value: unknown }> };
  if (schema !== undefined && named !== undefined && !Array.isArray(named)) {
    return Object.entries(named).map(([name, { value }]) => ({ path: `${path} ${name}`, schema, value }));
  }
  return Object.entries(node).flatMap(([key, child]) => examples(child, `${path}/${key}`));
}

describe('the API document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await validate(JSON.stringify(document));
    expect({ valid, errors: errors ?? [] }).toEqual({ valid: true, errors: [] });
  });

  it('has examples that fit their schemas', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    ajv.addSchema({ $id: 'document', components: document.components });
    const absolute = (schema: unknown) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as Node;
    const all = [...examples(document.paths), ...examples(document.webhooks), ...examples(document.components)];
    expect(all.length).toBeGreaterThan(40);
    const faults = all.flatMap(({ path, schema, value }) => {
      const fits = ajv.compile(absolute(schema));
      return fits(value) ? [] : [`${path}: ${ajv.errorsText(fits.errors)}`];
    });
    expect(faults).toEqual([]);
  });

  it('describes the request of every event type that travels, and of no combined one', () => {
    const travelling = catalog.eventTypes().filter(({ combines }) => combines.length === 0);
    expect(Object.keys(document.webhooks)).toEqual(travelling.map(({ name }) => name));
  });
});
