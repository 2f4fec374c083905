type Json = Record<string, unknown>;

interface Asked {
  readonly id?: string;
  readonly query?: Record<string, string>;
}

const DELIVERIES = 'DeliveryService';
const part = (id = ''): string => encodeURIComponent(id);
const get =
  (path: (asked: Asked) => string) =>
  (asked: Asked): { method: 'GET'; path: string; body: undefined } => {
    const search = new URLSearchParams(asked.query).toString();
    return { method: 'GET', path: `${path(asked)}${search === '' ? '' : `?${search}`}`, body: undefined };
  };

/** What is read of the history, over HTTP. */
export const HISTORY_HTTP = {
  listAttempts: get(({ id }) => `/v1/webhooks/${part(id)}/attempts`),
  exportAttempts: get(({ id }) => `/v1/webhooks/${part(id)}/attempts/export`),
  getAttempt: get(({ id }) => `/v1/attempts/${part(id)}`),
  watchAttempts: get(() => '/v1/attempts/stream'),
  listDeliveries: get(() => '/v1/deliveries'),
  getDelivery: get(({ id }) => `/v1/deliveries/${part(id)}`),
  listEvents: get(() => '/v1/events'),
  getEvent: get(({ id }) => `/v1/events/${part(id)}`),
  traceEvent: get(({ id }) => `/v1/events/${part(id)}/trace`),
  getStats: get(() => '/v1/stats'),
  getOverview: get(() => '/v1/stats/overview'),
};

type Shown = (message: Json) => Json;
const rpc =
  (method: string, request: (asked: Asked) => Json, shown: Shown = (message) => message) =>
  (asked: Asked): { rpc: string; request: Json; shown: Shown } => ({ rpc: `${DELIVERIES}/${method}`, request: request(asked), shown });

/** A number that no enum has: what a word is that HTTP does not know either. */
const NO_MEMBER = 99;
const member = (prefix: string, words: readonly string[], word: string | undefined): unknown =>
  word === undefined ? undefined : words.includes(word) ? `${prefix}_${word.toUpperCase()}` : NO_MEMBER;
const present = (json: Json): Json => Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
const paged = ({ limit, ...rest }: Record<string, string> = {}): Json => present({ ...rest, limit: limit && Number(limit) });

function filtered({ id, query = {} }: Asked): Json {
  const { limit, cursor, status, trigger, errorClass, ...same } = query;
  const filter = present({
    ...same,
    status: member('ATTEMPT_STATUS', ['succeeded', 'failed'], status),
    trigger: trigger && [member('ATTEMPT_TRIGGER', ['event', 'retry', 'test'], trigger)],
    errorClass: errorClass && [member('ERROR_CLASS', ['dns', 'timeout'], errorClass)],
  });
  return { webhookId: id, ...paged(present({ limit, cursor }) as Record<string, string>), filter };
}

const word = (prefix: string, value: unknown): string => (value as string).slice(prefix.length).toLowerCase();
const nulls = (names: readonly string[]): Json => Object.fromEntries(names.map((name) => [name, null]));
const page =
  (name: string): Shown =>
  (answer) => ({ data: answer[name] ?? [], nextCursor: answer.nextCursor ?? null });

function counts({ outcomes, latency, successRate = null, ...same }: Json): Json {
  const zeros = { success: 0, http3xx: 0, http4xx: 0, http5xx: 0, timeout: 0, connection: 0, policy: 0 };
  const percentiles = { ...nulls(['p50', 'p95', 'p99']), ...(latency as Json) };
  return {
    attempts: 0,
    succeeded: 0,
    failed: 0,
    deliveries: 0,
    ...same,
    outcomes: { ...zeros, ...(outcomes as Json) },
    successRate,
    latency: percentiles,
  };
}

function stats({ totals, buckets = [], ...same }: Json): Json {
  const shown = (buckets as Json[]).map(({ start, counts: inside, backlog = null }) => ({
    ...{ start, ...counts((inside ?? {}) as Json) },
    backlog,
  }));
  return { webhookId: null, ...same, totals: counts((totals ?? {}) as Json), buckets: shown };
}

function overview({ totals, backlog, webhooks, attentionCount = 0, attention = [], ...same }: Json): Json {
  return {
    ...same,
    attentionCount,
    totals: counts((totals ?? {}) as Json),
    backlog: { count: 0, countIsLowerBound: false, ...nulls(['oldestAt', 'oldestAgeMs']), ...(backlog as Json) },
    webhooks: { total: 0, enabled: 0, disabled: 0, ...(webhooks as Json) },
    attention,
  };
}

/** The same over gRPC. */
export const HISTORY_RPC = {
  listAttempts: rpc('ListAttempts', filtered, page('attempts')),
  exportAttempts: rpc('ExportAttempts', filtered),
  getAttempt: rpc('GetAttempt', ({ id }) => ({ id })),
  watchAttempts: rpc('WatchAttempts', ({ query = {} }) => present({ webhookId: query['webhookId'], lastAttemptId: query['lastEventId'] })),
  listDeliveries: rpc(
    'ListDeliveries',
    ({ query: { state, ...same } = {} }) => present({ ...paged(same), state: member('DELIVERY_STATE', ['failed', 'retrying'], state) }),
    page('deliveries'),
  ),
  getDelivery: rpc('GetDelivery', ({ id }) => ({ id })),
  listEvents: rpc(
    'ListEvents',
    ({ query: { unmatched, ...same } = {} }) =>
      present({ ...paged(same), unmatched: unmatched === undefined ? undefined : unmatched === 'true' }),
    page('events'),
  ),
  getEvent: rpc('GetEvent', ({ id, query }) => ({ id, ...query })),
  traceEvent: rpc('TraceEvent', ({ id, query }) => ({ id, ...query })),
  getStats: rpc('GetStats', ({ query }) => ({ ...query }), stats),
  getOverview: rpc('GetOverview', () => ({}), overview),
};

/** How a webhook stands, as HTTP shows it. */
export function standing({ lastEvent, health, counts: counted }: Json): Json {
  const { state, circuit, ...same } = (health ?? {}) as Json;
  const { hours = [], ...sums } = (counted ?? {}) as Json;
  const none = { succeeded: 0, failed: 0 };
  return {
    lastEvent: lastEvent ?? null,
    health: {
      ...nulls(['reason', 'nextProbeAt', 'failingSince', 'lastStatusCode', 'lastErrorClass']),
      ...{ consecutiveFailures: 0, recentAttempts: 0, recentFailures: 0, waiting: 0, waitingIsLowerBound: false },
      ...same,
      state: word('HEALTH_STATE_', state),
      circuit: word('CIRCUIT_STATE_', circuit).replace('_', '-'),
    },
    counts: counted ? { ...none, ...sums, hours: (hours as Json[]).map((hour) => ({ ...none, ...hour })) } : null,
  };
}
