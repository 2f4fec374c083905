import { type ApiPart, ref, type Schema } from '#libs/openapi';
import { PORTAL_SCOPES, SCOPES } from '../auth/index.js';
import { LONGEST_SECONDS, SHORTEST_SECONDS } from './portal-session.service.js';

const TIME: Schema = { type: 'string', format: 'date-time' };
const TOKEN = 'hsp_k1.eyJpZCI6InB0c18wMWtheTJxNGM4ZjB2Nm0zZDl4N3I1dDF6ZSJ9.3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const EXAMPLE = {
  id: 'pts_01kay2q4c8f0v6m3d9x7r5t1ze',
  accountId: 'shop-7',
  scopes: ['webhooks:read', 'webhooks:write', 'deliveries:read', 'deliveries:redeliver'],
  createdAt: '2026-11-21T09:00:00.123Z',
  expiresAt: '2026-11-21T10:00:00.000Z',
  token: TOKEN,
  embedPath: `/?embed=1#token=${TOKEN}`,
};
const SESSION_EXAMPLE = {
  id: EXAMPLE.id,
  accountId: EXAMPLE.accountId,
  scopes: EXAMPLE.scopes,
  expiresAt: EXAMPLE.expiresAt,
};
const CONFIG_EXAMPLE = { title: 'Webhooks', breadcrumb: ['Settings', 'Developer Hub', 'Webhooks'] };

/** The part of the API document about the console inside other products. */
export const portalApi: ApiPart = {
  tag: { name: 'Console', description: 'What the console needs, alone or inside the pages of another product.' },
  schemas: {
    PortalSessionRequest: {
      type: 'object',
      additionalProperties: false,
      properties: {
        scopes: {
          type: 'array',
          minItems: 1,
          uniqueItems: true,
          items: { enum: PORTAL_SCOPES },
          description: 'What the token may do; by default everything about webhooks and deliveries of the account.',
        },
        expiresInSeconds: { type: 'integer', minimum: SHORTEST_SECONDS, maximum: LONGEST_SECONDS, default: 3600 },
      },
    },
    PortalSession: {
      type: 'object',
      required: Object.keys(EXAMPLE),
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^pts_', description: 'The actor of what is done with the token.' },
        accountId: { type: 'string' },
        scopes: { type: 'array', items: { enum: PORTAL_SCOPES } },
        createdAt: TIME,
        expiresAt: { ...TIME, description: 'When the token stops; nothing but this, or the deletion of the account, ends it.' },
        token: { type: 'string', pattern: '^hsp_', description: 'For `Authorization: Bearer`. Never shown again.' },
        embedPath: {
          type: 'string',
          description: 'The console with this token, to be shown in a frame; add `&theme=dark` before the `#`.',
        },
      },
    },
    Session: {
      type: 'object',
      required: Object.keys(SESSION_EXAMPLE),
      additionalProperties: false,
      properties: {
        id: { type: 'string', description: '`admin`, the id of the API key or of the portal session.' },
        accountId: { type: 'string', description: 'The account for which the call acts.' },
        scopes: { type: 'array', items: { enum: [...SCOPES] } },
        expiresAt: { ...TIME, type: ['string', 'null'], description: 'Of a portal session; null of a key.' },
      },
    },
    ConsoleConfig: {
      type: 'object',
      required: Object.keys(CONFIG_EXAMPLE),
      additionalProperties: false,
      properties: {
        title: { type: 'string' },
        breadcrumb: { type: 'array', items: { type: 'string' }, description: 'Where the console stands, outermost first.' },
      },
    },
  },
  operations: {
    'POST /v1/accounts/{id}/portal-sessions': {
      id: 'createPortalSession',
      summary: 'Open a session for the console inside another product',
      description:
        'The answer is the only one that shows the token. It opens this account alone, never with the scope `admin`, and ends by itself. Ask for one whenever a page that shows the console is rendered.',
      scope: 'admin',
      idempotent: true,
      body: {
        schema: ref('PortalSessionRequest'),
        optional: true,
        examples: { reader: { scopes: ['webhooks:read'], expiresInSeconds: 900 } },
      },
      answers: {
        201: { description: 'The session with its token.', content: { schema: ref('PortalSession'), examples: { session: EXAMPLE } } },
      },
    },
    'GET /v1/session': {
      id: 'getSession',
      summary: 'Who calls, for which account, and what the key or token may do',
      scope: 'any',
      answers: {
        200: {
          description: 'As the service sees the caller.',
          content: {
            schema: ref('Session'),
            examples: { portal: SESSION_EXAMPLE, admin: { id: 'admin', accountId: 'default', scopes: ['admin'], expiresAt: null } },
          },
        },
      },
    },
    'GET /v1/console/config': {
      id: 'getConsoleConfig',
      summary: 'How the console presents itself',
      scope: 'open',
      problems: [422],
      answers: {
        200: { description: 'Public settings.', content: { schema: ref('ConsoleConfig'), examples: { config: CONFIG_EXAMPLE } } },
      },
    },
  },
};
