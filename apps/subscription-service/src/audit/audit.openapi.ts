import { type ApiPart, PAGING, pageOf, ref } from '#libs/openapi';

const EXAMPLE = {
  id: 'aud_01kay2q4c8f0v6m3d9x7r5t1ze',
  occurredAt: '2026-11-20T10:15:30.123Z',
  actor: 'admin',
  remoteAddress: '192.0.2.7',
  requestId: 'req-1',
  accountId: 'shop-7',
  action: 'api-key.revoked',
  subject: 'key_01kay2q4c8f0v6m3d9x7r5t1ze',
  before: { name: 'Back office', scopes: ['webhooks:read'] },
  after: null,
};
const TEXT_OR_NULL = { type: ['string', 'null'] };

/** The audit log’s part of the API document. */
export const auditApi: ApiPart = {
  tag: {
    name: 'Audit',
    description: 'What was done to accounts, keys and event types, by whom and from where. Nothing of it is ever changed.',
  },
  schemas: {
    AuditEntry: {
      type: 'object',
      required: Object.keys(EXAMPLE),
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^aud_' },
        occurredAt: { type: 'string', format: 'date-time' },
        actor: { type: 'string', description: '`admin`, the id of a key, or a part of the system.' },
        remoteAddress: TEXT_OR_NULL,
        requestId: TEXT_OR_NULL,
        accountId: TEXT_OR_NULL,
        action: { type: 'string', description: '`<thing>.<past verb>`.' },
        subject: { ...TEXT_OR_NULL, description: 'The id of the thing.' },
        before: { type: ['object', 'null'], description: 'Secrets masked; null: it was not there.' },
        after: { type: ['object', 'null'], description: 'Secrets masked; null: it is gone.' },
      },
    },
    AuditPage: pageOf('AuditEntry'),
  },
  operations: {
    'GET /v1/audit': {
      id: 'listAudit',
      summary: 'List what was done, newest first',
      scope: 'admin',
      query: {
        accountId: { type: 'string', description: 'What was done to this account.' },
        action: { type: 'string', description: 'What was done, such as `account.created`.' },
        actor: { type: 'string', description: 'Who did it.' },
        ...PAGING,
      },
      answers: {
        200: { description: 'One page.', content: { schema: ref('AuditPage'), examples: { page: { data: [EXAMPLE], nextCursor: null } } } },
      },
    },
  },
};
