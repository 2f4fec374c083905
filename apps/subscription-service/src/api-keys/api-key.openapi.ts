import { type Answer, type ApiPart, PAGING, pageOf, ref, type Schema } from '#libs/openapi';
import { SCOPES } from '../auth/index.js';

const TIME_OR_NULL: Schema = { type: ['string', 'null'], format: 'date-time' };
const TIME: Schema = { type: 'string', format: 'date-time' };
const EXAMPLE = {
  id: 'key_01kay2q4c8f0v6m3d9x7r5t1ze',
  accountId: 'shop-7',
  name: 'Back office',
  scopes: ['webhooks:read', 'webhooks:write'],
  last4: 'K3x9',
  prefix: 'hsk_01kay2q4c8f0v6m3d9x7r5t1ze',
  expiresAt: null,
  lastUsedAt: null,
  previousValidUntil: null,
  version: 1,
  createdAt: '2026-11-20T10:15:30.123Z',
  updatedAt: '2026-11-20T10:15:30.123Z',
};
const NAME: Schema = { type: 'string', minLength: 1, maxLength: 100 };
const SCOPE_LIST: Schema = { type: 'array', minItems: 1, uniqueItems: true, items: { enum: [...SCOPES] } };
const answer = (description: string, example: object = EXAMPLE): Answer => ({
  description,
  content: { schema: ref('ApiKey'), examples: { key: example } },
  headers: { ETag: 'The version of the key.' },
});
const SHOWN = { ...EXAMPLE, key: 'hsk_01kay2q4c8f0v6m3d9x7r5t1ze_…' };

/** The API keys’ part of the API document. */
export const apiKeysApi: ApiPart = {
  tag: { name: 'API keys', description: 'What opens an account. A key is shown once; only a hash of it is stored.' },
  schemas: {
    ApiKey: {
      type: 'object',
      required: Object.keys(EXAMPLE),
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^key_' },
        accountId: { type: 'string' },
        name: NAME,
        scopes: SCOPE_LIST,
        last4: { type: 'string' },
        prefix: { type: 'string', description: 'How the key begins.' },
        expiresAt: { ...TIME_OR_NULL, description: 'Null: it does not expire.' },
        lastUsedAt: { ...TIME_OR_NULL, description: 'To the minute.' },
        previousValidUntil: { ...TIME_OR_NULL, description: 'Until when the key from before the last rotation opens too.' },
        version: { type: 'integer', minimum: 1 },
        createdAt: TIME,
        updatedAt: TIME,
        key: { type: 'string', description: 'Only in the answer of the call that made it.' },
      },
    },
    ApiKeyRequest: {
      type: 'object',
      required: ['name', 'scopes'],
      additionalProperties: false,
      properties: { name: NAME, scopes: SCOPE_LIST, expiresAt: TIME_OR_NULL },
    },
    ApiKeyPatch: {
      type: 'object',
      additionalProperties: false,
      properties: { name: NAME, scopes: SCOPE_LIST, expiresAt: TIME_OR_NULL },
    },
    ApiKeyRotation: {
      type: 'object',
      additionalProperties: false,
      properties: {
        overlapSeconds: { type: 'integer', minimum: 0, maximum: 604_800, description: 'How long the key before opens too.' },
      },
    },
    ApiKeyPage: pageOf('ApiKey'),
  },
  operations: {
    'POST /v1/accounts/{id}/api-keys': {
      id: 'createApiKey',
      summary: 'Create a key; it is shown this once',
      scope: 'admin',
      idempotent: true,
      body: { schema: ref('ApiKeyRequest'), examples: { reader: { name: 'Dashboard', scopes: ['webhooks:read'] } } },
      answers: { 201: answer('The key.', SHOWN) },
    },
    'GET /v1/accounts/{id}/api-keys': {
      id: 'listApiKeys',
      summary: 'List the keys of an account, newest first',
      scope: 'admin',
      query: { ...PAGING },
      answers: {
        200: {
          description: 'One page.',
          content: { schema: ref('ApiKeyPage'), examples: { page: { data: [EXAMPLE], nextCursor: null } } },
        },
      },
    },
    'GET /v1/accounts/{id}/api-keys/{keyId}': {
      id: 'getApiKey',
      summary: 'Read a key, but for what opens',
      scope: 'admin',
      answers: { 200: answer('The key.') },
    },
    'PATCH /v1/accounts/{id}/api-keys/{keyId}': {
      id: 'updateApiKey',
      summary: 'Change name, scopes or expiry of a key',
      scope: 'admin',
      conditional: true,
      body: {
        schema: ref('ApiKeyPatch'),
        mediaTypes: ['application/json', 'application/merge-patch+json'],
        examples: { name: { name: 'Old dashboard' }, expiry: { expiresAt: '2027-01-31T12:00:00Z' } },
      },
      answers: { 200: answer('The key.') },
    },
    'DELETE /v1/accounts/{id}/api-keys/{keyId}': {
      id: 'revokeApiKey',
      summary: 'Revoke a key: it opens nothing any more',
      scope: 'admin',
      conditional: true,
      answers: { 204: { description: 'It is gone.' } },
    },
    'POST /v1/accounts/{id}/api-keys/{keyId}/rotate': {
      id: 'rotateApiKey',
      summary: 'Replace what opens; it is shown this once',
      scope: 'admin',
      conditional: true,
      idempotent: true,
      body: { schema: ref('ApiKeyRotation'), optional: true, examples: { day: { overlapSeconds: 86_400 } } },
      answers: { 200: answer('The key.', SHOWN) },
    },
  },
};
