import { type Answer, type ApiPart, PAGING, pageOf, ref, type Schema } from '#libs/openapi';
import { NOTIFICATION_KINDS } from './account.js';

const TIME: Schema = { type: 'string', format: 'date-time' };
const ROLE = { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,63}$' };
const EMAIL = { type: 'string', format: 'email' };

const EXAMPLE = {
  id: 'shop-7',
  name: 'Shop 7',
  ownerEmail: 'owner@example.com',
  roles: ['ENTERPRISE'],
  requiredRole: null,
  notifications: { enabled: true, extraEmails: [], digestMinutes: null, kinds: [...NOTIFICATION_KINDS] },
  version: 1,
  createdAt: '2026-11-20T10:15:30.123Z',
  updatedAt: '2026-11-20T10:15:30.123Z',
};
const NAME: Schema = { type: 'string', minLength: 1, maxLength: 100 };
const SETTINGS: Readonly<Record<string, Schema>> = {
  ownerEmail: { ...EMAIL, type: ['string', 'null'], description: 'Who is told when webhooks fail.' },
  roles: { type: 'array', maxItems: 20, uniqueItems: true, items: ROLE },
  requiredRole: {
    ...ROLE,
    type: ['string', 'null'],
    description: 'The role without which the account may not use webhooks; null: what the deployment requires.',
  },
  notifications: {
    type: 'object',
    additionalProperties: false,
    properties: {
      enabled: { type: 'boolean' },
      extraEmails: { type: 'array', maxItems: 10, uniqueItems: true, items: EMAIL },
      digestMinutes: {
        type: ['integer', 'null'],
        minimum: 0,
        maximum: 1440,
        description:
          'After the first failure of a webhook, further ones are gathered for this long; 0: a mail for every failure; null: what the deployment says.',
      },
      kinds: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { type: 'string', enum: [...NOTIFICATION_KINDS] },
        description: 'Of what the owner is told; `failure` is the first failure and the digests after it.',
      },
    },
  },
};
const ID: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 256,
  description: 'As events name the account; chosen on creation or generated.',
};
const answer = (description: string): Answer => ({
  description,
  content: { schema: ref('Account'), examples: { account: EXAMPLE } },
  headers: { ETag: 'The version of the account.' },
});

/** The accounts’ part of the API document. */
export const accountsApi: ApiPart = {
  tag: { name: 'Accounts', description: 'Who owns webhooks. Managed by administrators.' },
  schemas: {
    Account: {
      type: 'object',
      required: Object.keys(EXAMPLE),
      additionalProperties: false,
      properties: { id: ID, name: NAME, ...SETTINGS, version: { type: 'integer', minimum: 1 }, createdAt: TIME, updatedAt: TIME },
    },
    AccountRequest: { type: 'object', required: ['name'], additionalProperties: false, properties: { id: ID, name: NAME, ...SETTINGS } },
    AccountPatch: {
      type: 'object',
      description: 'A JSON Merge Patch (RFC 7396): only what is there is changed.',
      additionalProperties: false,
      properties: { name: NAME, ...SETTINGS },
    },
    AccountPage: pageOf('Account'),
  },
  operations: {
    'POST /v1/accounts': {
      id: 'createAccount',
      summary: 'Create an account',
      scope: 'admin',
      idempotent: true,
      body: {
        schema: ref('AccountRequest'),
        examples: {
          small: { name: 'Shop 7' },
          full: { id: 'shop-8', name: 'Shop 8', ownerEmail: 'owner@example.com', roles: ['ENTERPRISE'] },
        },
      },
      answers: { 201: answer('The account.') },
    },
    'GET /v1/accounts': {
      id: 'listAccounts',
      summary: 'List accounts by id',
      scope: 'admin',
      query: { q: { type: 'string', description: 'Part of the id, the name or the owner’s address, in any case.' }, ...PAGING },
      answers: {
        200: {
          description: 'One page.',
          content: { schema: ref('AccountPage'), examples: { page: { data: [EXAMPLE], nextCursor: null } } },
        },
      },
    },
    'GET /v1/accounts/{id}': {
      id: 'getAccount',
      summary: 'Read an account: one’s own, or any as an administrator',
      scope: 'any',
      answers: { 200: answer('The account.') },
    },
    'PATCH /v1/accounts/{id}': {
      id: 'updateAccount',
      summary: 'Change an account',
      scope: 'admin',
      conditional: true,
      body: {
        schema: ref('AccountPatch'),
        mediaTypes: ['application/json', 'application/merge-patch+json'],
        examples: { roles: { roles: ['ENTERPRISE'] }, digest: { notifications: { digestMinutes: 60 } } },
      },
      answers: { 200: answer('The account.') },
    },
    'DELETE /v1/accounts/{id}': {
      id: 'deleteAccount',
      summary: 'Delete an account: its keys stop at once, then its webhooks are deleted',
      scope: 'admin',
      conditional: true,
      problems: [409],
      answers: { 204: { description: 'It is gone.' } },
    },
  },
};
