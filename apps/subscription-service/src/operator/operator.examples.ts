const ID = '01kay2q4c8f0v6m3d9x7r5t1ze';

export const LETTER_EXAMPLE = {
  id: `dl_${ID}`,
  topic: 'orders',
  partition: 2,
  offset: '4711',
  reason: 'JSON_INVALID',
  receivedAt: '2026-11-21T09:00:00.000Z',
  key: 'order-1',
  size: 18,
  preview: '{"type": "order_cr',
  status: 'open',
  republishable: true,
  republishedAt: null,
  republishedBy: null,
};

export const LETTER_DETAIL_EXAMPLE = {
  ...LETTER_EXAMPLE,
  headers: [{ name: 'content-type', value: 'application/json', encoding: 'utf8' }],
  payload: { value: '{"type": "order_cr', encoding: 'utf8', truncated: false },
};

export const LAG_EXAMPLE = {
  measuredAt: '2026-11-21T09:00:00.000Z',
  groups: [
    {
      groupId: 'hookstream.projector',
      state: 'Stable',
      members: 1,
      lag: 12,
      topics: [{ topic: 'hookstream.attempts', lag: 12, partitions: [{ partition: 0, committed: '100', end: '112', lag: 12 }] }],
    },
  ],
};

export const CIRCUIT_EXAMPLE = {
  webhookId: `wh_${ID}`,
  webhookName: 'Billing',
  accountId: 'shop-7',
  circuit: 'open',
  since: '2026-11-21T08:55:00.000Z',
  consecutiveFailures: 10,
  openings: 2,
  nextProbeAt: '2026-11-21T09:05:00.000Z',
  failingSince: '2026-11-21T08:40:00.000Z',
  autoDisabled: null,
  lastStatusCode: 503,
  lastErrorClass: 'http_5xx',
  changedAt: '2026-11-21T08:55:00.000Z',
};

export const MAIL_EXAMPLE = {
  id: ID,
  accountId: 'shop-7',
  webhookId: `wh_${ID}`,
  kind: 'failure',
  recipient: 'ops@example.com',
  subject: 'Webhook “Billing” failed: 503',
  status: 'sent',
  attempts: 1,
  createdAt: '2026-11-21T09:00:00.000Z',
  sentAt: '2026-11-21T09:00:01.000Z',
  lastError: null,
};
