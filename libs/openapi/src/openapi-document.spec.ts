import { describe, expect, it } from '@jest/globals';
import type { ApiPart, Operation } from './api-part.js';
import { openApiDocument } from './openapi-document.js';

const ANSWERS = { 200: { description: 'Done.' } };
const anOperation = (overrides: Partial<Operation> = {}): Operation => ({
  id: 'doIt',
  summary: 'Do it',
  scope: 'webhooks:read',
  answers: ANSWERS,
  ...overrides,
});
const aPart = (operations: ApiPart['operations'], schemas = {}): ApiPart => ({ tag: { name: 'T', description: 'd' }, operations, schemas });
const documentOf = (...parts: ApiPart[]) =>
  openApiDocument({ title: 't', version: '1', description: 'd', parts, webhooks: {}, schemas: {} }) as {
    paths: Record<string, Record<string, { responses: Record<string, unknown>; parameters?: { name: string }[]; security?: unknown[] }>>;
  };
const statusesOf = (route: `GET /${string}` | `POST /${string}`, operation: Operation): string[] => {
  const [method, path] = route.split(' ') as [string, string];
  return Object.keys(documentOf(aPart({ [route]: operation })).paths[path]![method.toLowerCase()]!.responses);
};

describe('openApiDocument', () => {
  it('gives every operation with a key the problems of the key and of what the service needs', () => {
    expect(statusesOf('GET /a', anOperation())).toEqual(['200', '401', '403', '404', '422', '429', '503']);
  });

  it('gives an open operation none of them', () => {
    const operation = anOperation({ scope: 'open' });
    expect(statusesOf('GET /a', operation)).toEqual(['200']);
    expect(documentOf(aPart({ 'GET /a': operation })).paths['/a']!['get']!.security).toEqual([]);
  });

  it('adds the problems of a body, of If-Match and of an idempotency key where they are taken', () => {
    const body = { schema: {}, examples: {} };
    const statuses = statusesOf('POST /a/{id}', anOperation({ body, conditional: true, idempotent: true }));
    expect(statuses).toEqual(['200', '400', '401', '403', '404', '409', '412', '413', '422', '429', '503']);
  });

  it('names the parameters of the path, the query and the header', () => {
    const operation = anOperation({ query: { q: { type: 'string', description: 'What.' } }, conditional: true, idempotent: true });
    const { parameters } = documentOf(aPart({ 'POST /a/{id}/b/{key}': operation })).paths['/a/{id}/b/{key}']!['post']!;
    expect(parameters!.map(({ name }) => name)).toEqual(['id', 'key', 'q', 'If-Match', 'Hookstream-Account', 'Idempotency-Key']);
  });

  it.each([
    ['an operation', [aPart({ 'GET /a': anOperation() }), aPart({ 'GET /a': anOperation({ id: 'other' }) })]],
    ['an operation id', [aPart({ 'GET /a': anOperation() }), aPart({ 'GET /b': anOperation() })]],
    ['a schema', [aPart({}, { S: {} }), aPart({}, { S: {} })]],
  ])('refuses %s that two parts define', (_, parts) => {
    expect(() => documentOf(...parts)).toThrow('twice');
  });
});
