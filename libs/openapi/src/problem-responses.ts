import type { Schema } from './api-part.js';

export const PROBLEM_SCHEMAS: Readonly<Record<string, Schema>> = {
  Problem: {
    type: 'object',
    description: 'What went wrong (RFC 9457). `code` is stable and listed in `docs/errors.md`.',
    required: ['type', 'title', 'status', 'code', 'detail', 'traceId'],
    additionalProperties: false,
    properties: {
      type: { type: 'string', description: 'A reference that names the kind of problem.' },
      title: { type: 'string' },
      status: { type: 'integer', minimum: 400, maximum: 599 },
      code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]+$' },
      detail: { type: 'string' },
      traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' },
      errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
    },
  },
  FieldError: {
    type: 'object',
    required: ['field', 'rule', 'message'],
    additionalProperties: false,
    properties: {
      field: { type: 'string', description: 'Path of the field as it was sent, such as `auth.token`.' },
      rule: { type: 'string', description: 'Stable name of the rule that it breaks.' },
      message: { type: 'string' },
      position: {
        type: 'object',
        description: 'Where in the text the fault is; of faults in a filter.',
        required: ['line', 'column'],
        additionalProperties: false,
        properties: { line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
      },
    },
  },
};

const PROBLEMS: Readonly<Record<number, readonly [description: string, code: string, title: string, detail: string]>> = {
  400: ['The body is not JSON, or said to be something else.', 'MALFORMED_BODY', 'Body is not JSON', 'the body is not JSON'],
  401: ['No valid API key.', 'UNAUTHENTICATED', 'No valid API key', 'the API key is not valid'],
  403: ['The key lacks the scope.', 'SCOPE_MISSING', 'The key lacks the scope', 'the key needs the scope webhooks:write'],
  404: [
    'There is nothing of this id in the caller’s account.',
    'WEBHOOK_NOT_FOUND',
    'There is no such webhook',
    'there is no webhook with this id',
  ],
  409: [
    'It conflicts with what is there.',
    'WEBHOOK_NAME_TAKEN',
    'Another webhook of the account has this name',
    'another webhook of the account has this name',
  ],
  412: [
    'It was changed meanwhile.',
    'WEBHOOK_STALE',
    'If-Match names another version of the webhook',
    'the webhook is at version 4: read it again',
  ],
  413: ['The body is too large.', 'BODY_TOO_LARGE', 'Body too large', 'the body is larger than this route accepts'],
  422: ['What was sent breaks a rule.', 'VALIDATION_FAILED', 'Validation failed', '1 field is invalid'],
  429: ['Too many requests; `Retry-After` says when to come back.', 'RATE_LIMITED', 'Too many requests', 'try again in 1 second'],
  503: [
    'Something the service needs is down; `Retry-After` says when to come back.',
    'DATABASE_UNAVAILABLE',
    'The database is unavailable',
    'the database does not answer',
  ],
};
const FIELD_ERROR = { field: 'url', rule: 'egress.private-address', message: '10.0.0.5 is a private address' };
const RETRY_AFTER = { 'Retry-After': { description: 'Seconds until it is worth trying again.', schema: { type: 'integer', minimum: 0 } } };

/** The answers that say what went wrong, as `Problem<status>`. */
export function problemResponses(): Record<string, Schema> {
  const entries = Object.entries(PROBLEMS).map(([status, [description, code, title, detail]]) => {
    const problem = {
      type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
      ...{ title, status: Number(status), code, detail, traceId: '4bf92f3577b34da6a3ce929d0e0e4736' },
      ...(status === '422' ? { errors: [FIELD_ERROR] } : {}),
    };
    const content = { schema: { $ref: '#/components/schemas/Problem' }, examples: { [code]: { value: problem } } };
    const headers = status === '429' || status === '503' ? { headers: RETRY_AFTER } : {};
    return [`Problem${status}`, { description, ...headers, content: { 'application/problem+json': content } }];
  });
  return Object.fromEntries(entries) as Record<string, Schema>;
}
