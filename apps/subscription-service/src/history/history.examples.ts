import { HEALTH_EXAMPLE } from '../webhook-standing/index.js';

/** Examples of the API document. */
export const ATTEMPT_EXAMPLE = {
  id: 'att_01kay2q5h2f0v6m3d9x7r5t1ze',
  deliveryId: 'dlv_01kay2q4c8f0v6m3d9x7r5t1ze',
  webhookId: 'wh_01kay2q4c8f0v6m3d9x7r5t1ze',
  eventId: 'evt_01kay2q4c8f0v6m3d9x7r5t1zd',
  eventType: 'order_created',
  channelId: null,
  attempt: 1,
  trigger: 'event',
  attemptedAt: '2026-11-20T10:15:30.123Z',
  durationMs: 12,
  statusCode: 503,
  status: 'failed',
  errorClass: 'http_5xx',
  nextAttemptAt: '2026-11-20T10:15:35.402Z',
};

export const ATTEMPT_DETAIL_EXAMPLE = {
  ...ATTEMPT_EXAMPLE,
  circuit: 'closed',
  failure: {
    kind: 'http-5xx',
    words: 'the receiver answered 503',
    hint: 'look into the receiver’s log for this time: the request reached it',
    message: 'the endpoint answered 503',
  },
  request: {
    method: 'POST',
    url: 'https://example.com/hooks',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ****', 'webhook-id': 'evt_01kay2q4c8f0v6m3d9x7r5t1zd' },
    body: '{"type":"order_created","data":{"orderId":"o-1"}}',
    bodyState: 'kept',
  },
  response: { status: 503, headers: { 'content-type': 'text/plain' }, body: 'busy', truncated: false },
  timings: { dns: 0.4, connect: 1.1, tls: 6.2, firstByte: 11.8, total: 12.1 },
  resolvedAddress: '203.0.113.7',
};

export const DELIVERY_EXAMPLE = {
  id: 'dlv_01kay2q4c8f0v6m3d9x7r5t1ze',
  webhookId: 'wh_01kay2q4c8f0v6m3d9x7r5t1ze',
  eventId: 'evt_01kay2q4c8f0v6m3d9x7r5t1zd',
  eventType: 'order_created',
  channelId: null,
  test: false,
  state: 'retrying',
  reason: null,
  attempts: 1,
  lastStatusCode: 503,
  lastErrorClass: 'http_5xx',
  nextAttemptAt: '2026-11-20T10:15:35.402Z',
  createdAt: '2026-11-20T10:15:30.101Z',
  completedAt: null,
};

export const DELIVERY_DETAIL_EXAMPLE = {
  ...DELIVERY_EXAMPLE,
  totalMs: null,
  failure: ATTEMPT_DETAIL_EXAMPLE.failure,
  event: { source: '/shop', time: '2026-11-20T10:15:30.001Z', dataState: 'kept' },
  timeline: [ATTEMPT_EXAMPLE],
};

export const EVENT_EXAMPLE = {
  id: 'evt_01kay2q4c8f0v6m3d9x7r5t1zd',
  type: 'order_created',
  source: '/shop',
  channelId: null,
  time: '2026-11-20T10:15:30.001Z',
  receivedAt: '2026-11-20T10:15:30.101Z',
  test: false,
  matched: 2,
  result: 'running',
  deliveries: { pending: 0, retrying: 1, succeeded: 1, failed: 0, discarded: 0 },
};

export const EVENT_DETAIL_EXAMPLE = {
  ...EVENT_EXAMPLE,
  dataContentType: 'application/json',
  context: null,
  data: '{"orderId":"o-1"}',
  dataState: 'kept',
  traceparent: null,
};

export const TRACE_EXAMPLE = {
  event: EVENT_EXAMPLE,
  webhooks: [
    {
      webhookId: 'wh_01kay2q4c8f0v6m3d9x7r5t1ze',
      name: 'Billing',
      url: 'https://example.com/hooks',
      matched: true,
      reason: null,
      words: 'matched by order_created',
      changedSince: false,
      deliveries: [{ delivery: DELIVERY_EXAMPLE, attempts: [ATTEMPT_EXAMPLE] }],
    },
    {
      webhookId: 'wh_01kay2q4c8f0v6m3d9x7r5t1zf',
      name: 'Tickets',
      url: 'https://example.com/tickets',
      matched: false,
      reason: 'type',
      words: 'not sent because the webhook is not subscribed to order_created',
      changedSince: false,
      deliveries: [],
    },
  ],
  truncated: false,
};

const OUTCOMES = { success: 118, http3xx: 0, http4xx: 1, http5xx: 2, timeout: 0, connection: 1, policy: 0 };
const COUNTS = {
  attempts: 122,
  succeeded: 118,
  failed: 4,
  deliveries: 119,
  outcomes: OUTCOMES,
  successRate: 0.967,
  latency: { p50: 13, p95: 70, p99: 220 },
};

export const STATS_EXAMPLE = {
  webhookId: null,
  from: '2026-11-20T10:00:00.000Z',
  to: '2026-11-20T11:00:00.000Z',
  bucketSeconds: 60,
  totals: COUNTS,
  buckets: [{ start: '2026-11-20T10:15:00.000Z', ...COUNTS, backlog: 214 }],
};

export const OVERVIEW_EXAMPLE = {
  from: '2026-11-19T11:00:00.000Z',
  to: '2026-11-20T11:00:00.000Z',
  totals: COUNTS,
  backlog: { count: 214, countIsLowerBound: false, oldestAt: '2026-11-20T10:03:12.000Z', oldestAgeMs: 3_408_000 },
  webhooks: { total: 12, enabled: 10, disabled: 2 },
  attentionCount: 1,
  attention: [
    {
      webhookId: 'wh_01kay2q4c8f0v6m3d9x7r5t1ze',
      name: 'Billing',
      health: HEALTH_EXAMPLE,
    },
  ],
};
