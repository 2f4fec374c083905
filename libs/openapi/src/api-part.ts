/** A JSON Schema, draft 2020-12, the dialect of OpenAPI 3.1. */
export type Schema = { readonly [keyword: string]: unknown };

/** What a body or an answer holds. */
export interface Content {
  readonly schema: Schema;
  /** By name; each is checked against the schema. */
  readonly examples: Readonly<Record<string, unknown>>;
  /** `application/json` unless named. */
  readonly mediaTypes?: readonly string[];
  /** Of a request: the body may be absent. */
  readonly optional?: boolean;
}

export interface Answer {
  readonly description: string;
  readonly content?: Content;
  /** Of the header fields beside those that every answer has. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Operation {
  /** Unique, in lower camel case: what a generated client calls it. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** What the key must be allowed to do; `any`: any valid key; `open`: no key. */
  readonly scope: string;
  /** Query parameters by name; `required: true` inside is none of the schema's words, so that all of them are optional. */
  readonly query?: Readonly<Record<string, Schema & { readonly description: string }>>;
  readonly body?: Content;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Statuses of problems beside those that follow from key, path, query and body. */
  readonly problems?: readonly number[];
  /** Takes `If-Match`. */
  readonly conditional?: boolean;
  /** Takes `Idempotency-Key`. */
  readonly idempotent?: boolean;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A feature's part of the API. */
export interface ApiPart {
  readonly tag: { readonly name: string; readonly description: string };
  readonly schemas?: Readonly<Record<string, Schema>>;
  /** By method and path, such as `GET /v1/webhooks/{id}`. */
  readonly operations: Readonly<Record<`${Method} /${string}`, Operation>>;
}

/** A reference to a schema of any part. */
export function ref(schema: string): Schema {
  return { $ref: `#/components/schemas/${schema}` };
}

/** One page of a list. */
export function pageOf(schema: string): Schema {
  return {
    type: 'object',
    required: ['data', 'nextCursor'],
    additionalProperties: false,
    properties: {
      data: { type: 'array', items: ref(schema) },
      nextCursor: { type: ['string', 'null'], description: 'Pass it as `cursor` to read the next page; null on the last one.' },
    },
  };
}

/** The query parameters of every list. */
export const PAGING = {
  limit: { type: 'integer', minimum: 1, maximum: 100, default: 50, description: 'How many rows a page has.' },
  cursor: { type: 'string', description: '`nextCursor` of the page before.' },
} as const;
