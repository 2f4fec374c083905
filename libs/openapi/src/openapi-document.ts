import type { Answer, ApiPart, Content, Method, Operation, Schema } from './api-part.js';
import { problemResponses, PROBLEM_SCHEMAS } from './problem-responses.js';

export interface DocumentOptions {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly parts: readonly ApiPart[];
  /** The requests that receivers get, by event type, as Path Item Objects. */
  readonly webhooks: Readonly<Record<string, Schema>>;
  /** Schemas beside those of the parts. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description: 'The `ETag` of the state the change was made for; 412 when it is another one by now.',
  schema: { type: 'string' },
  example: '"3"',
};
const ACCOUNT = {
  name: 'Hookstream-Account',
  in: 'header',
  description: 'Of an administrator: the account to act for, percent-encoded. The account of the key when absent.',
  schema: { type: 'string' },
  example: 'shop-7',
};
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Of the caller’s choice. The same request under the same key within 24 hours is answered as the first one was, and done once.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '5f0c6f1e-8a53-4c1c-8d1f-0a4e6f7e2b11',
};

/**
 * The OpenAPI 3.1 document of an API that is described in parts.
 * What holds for every operation is added here: the key, the problems that follow from key, path, query and body, and the
 * header fields of every answer.
 * @throws Error when two parts define the same path and method, operation id or schema
 */
export function openApiDocument(options: DocumentOptions): Record<string, unknown> {
  const { parts } = options;
  const paths: Record<string, Record<string, unknown>> = {};
  const ids = new Set<string>();
  for (const { tag, operations } of parts) {
    for (const [route, operation] of Object.entries(operations)) {
      const [method, path] = route.split(' ') as [Method, string];
      const item = (paths[path] ??= {});
      if (method.toLowerCase() in item || ids.has(operation.id)) throw new Error(`${route} (${operation.id}) is described twice`);
      ids.add(operation.id);
      item[method.toLowerCase()] = operationObject(path, operation, tag.name);
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: options.title,
      version: options.version,
      description: options.description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The service that answers with this document' }],
    tags: parts.map(({ tag }) => tag),
    security: [{ apiKey: [] }],
    paths,
    webhooks: options.webhooks,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `Authorization: Bearer <key>`.' },
      },
      schemas: merged([PROBLEM_SCHEMAS, options.schemas, ...parts.map(({ schemas = {} }) => schemas)]),
      responses: problemResponses(),
    },
  };
}

function operationObject(path: string, operation: Operation, tag: string): Record<string, unknown> {
  const open = operation.scope === 'open';
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map((match) => ({ name: match[1], in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(operation.query ?? {}).map(([name, { description, ...schema }]) => ({ name, in: 'query', description, schema })),
    ...(operation.conditional ? [IF_MATCH] : []),
    ...(open ? [] : [ACCOUNT]),
    ...(operation.idempotent ? [IDEMPOTENCY_KEY] : []),
  ];
  const needs = open ? [] : [scopeText(operation.scope)];
  const description = [operation.description, ...needs].filter((text) => text !== undefined).join('\n\n');
  const answers = Object.entries(operation.answers).map(([status, answer]) => [status, responseObject(answer, open)]);
  const problems = problemsOf(path, operation).map((status) => [String(status), { $ref: `#/components/responses/Problem${status}` }]);
  return {
    operationId: operation.id,
    tags: [tag],
    summary: operation.summary,
    ...(description === '' ? {} : { description }),
    ...(open ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body ? { requestBody: { required: !operation.body.optional, content: contentObject(operation.body) } } : {}),
    responses: Object.fromEntries([...answers, ...problems]),
  };
}

function scopeText(scope: string): string {
  return scope === 'any' ? 'Any valid key.' : `Needs a key with the scope \`${scope}\`.`;
}

function problemsOf(path: string, operation: Operation): number[] {
  const keyed = operation.scope !== 'open';
  const statuses = new Set([
    ...(keyed ? [401, 403, 422, 429, 503] : []),
    ...(keyed || path.includes('{') ? [404] : []),
    ...(operation.body ? [400, 413] : []),
    ...(operation.conditional ? [412] : []),
    ...(operation.idempotent ? [409] : []),
    ...(operation.problems ?? []),
  ]);
  return [...statuses].sort((a, b) => a - b);
}

function responseObject({ description, content, headers = {} }: Answer, open: boolean): Record<string, unknown> {
  const fields = {
    'X-Request-Id': 'The id under which the service logged the request.',
    ...(open ? {} : { RateLimit: 'What is left of the key’s limit.' }),
    ...headers,
  };
  return {
    description,
    headers: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }])),
    ...(content ? { content: contentObject(content) } : {}),
  };
}

function contentObject({ schema, examples, mediaTypes = ['application/json'] }: Content): Record<string, unknown> {
  const named = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema, examples: named }]));
}

function merged(sets: readonly Readonly<Record<string, Schema>>[]): Record<string, Schema> {
  const all: Record<string, Schema> = {};
  for (const [name, schema] of sets.flatMap((set) => Object.entries(set))) {
    if (name in all) throw new Error(`the schema ${name} is defined twice`);
    all[name] = schema;
  }
  return all;
}
