import { standing } from './history-operations.int-fixture.js';

type Json = Record<string, unknown>;

const NULLS = ['channelId', 'filter', 'secretLast4', 'disabledReason', 'disabledAt', 'retryPolicy', 'rateLimit'];

const FILTERS = ['eventTypes', 'code', 'errorClass', 'trigger', 'deliveryId', 'eventId'];

/** HTTP statuses of the gRPC codes that events are refused with. */
const HTTP_OF: Record<number, number> = { 3: 422, 8: 413, 14: 503 };

export function webhook(answer: Json): Json {
  const { etag: _, auth, retryPolicy, lastEvent, health, counts, ...same } = answer.webhook as Json;
  const { schedule, finalStatuses = [] } = (retryPolicy ?? {}) as { schedule?: { delays?: string[] }; finalStatuses?: number[] };
  return {
    ...nulls(NULLS),
    ...{ headers: {}, metadata: {}, signing: false, hasSecret: false },
    ...same,
    method: word('HTTP_METHOD_', same.method),
    payloadFormat: word('PAYLOAD_FORMAT_', same.payloadFormat),
    status: word('WEBHOOK_STATUS_', same.status).toLowerCase(),
    notificationType: word('NOTIFICATION_TYPE_', same.notificationType),
    auth: { ...(auth as Json), type: word('AUTH_TYPE_', (auth as Json).type) },
    ...standing({ lastEvent, health, counts }),
    ...(retryPolicy ? { retryPolicy: { schedule: schedule ? (schedule.delays ?? []) : null, finalStatuses } } : {}),
    ...(answer.shownSecret as Json | undefined),
  };
}

export function page(member: string, row: (message: Json) => Json): (answer: Json) => Json {
  return (answer) => ({ data: ((answer[member] ?? []) as Json[]).map(row), nextCursor: answer.nextCursor ?? null });
}

export function rotation({ shownSecret, previousValidUntil = null }: Json): Json {
  return { ...(shownSecret as Json), previousValidUntil };
}

export function change({ changes = [], ...same }: Json): Json {
  const fields = changes as Json[];
  return { ...same, changes: fields.map(({ field, before, after }) => ({ field, before: parsed(before), after: parsed(after) })) };
}

export function batch({ results = [] }: Json): Json {
  const rows = (results as { accepted?: Json; rejected?: Json }[]).map(({ accepted, rejected }) => {
    if (accepted) return accepted;
    const { id, status, ...error } = rejected!;
    return { ...(id === undefined ? {} : { id }), error: { ...error, status: HTTP_OF[status as number] } };
  });
  return { results: rows };
}

export function module({ updatedAt = null, eventTypes = [], ...same }: Json): Json {
  return { ...same, eventTypes, updatedAt };
}

export function eventType({ etag: _, ...type }: Json): Json {
  return {
    combines: [],
    redact: [],
    ...type,
    deprecated: deprecation(type.deprecated),
    origin: word('EVENT_TYPE_ORIGIN_', type.origin).toLowerCase(),
    schemaCheck: word('SCHEMA_CHECK_', type.schemaCheck).toLowerCase(),
    schema: JSON.parse(type.schema as string),
    sample: JSON.parse(type.sample as string),
  };
}

export function eventTypeVersion({ definition, ...same }: Json): Json {
  if (!definition) return { ...same, definition: null };
  const { schema, sample, schemaCheck, ...rest } = definition as Json;
  const texts = {
    schema: schema ? (JSON.parse(schema as string) as unknown) : null,
    ...(sample ? { sample: JSON.parse(sample as string) as unknown } : {}),
  };
  const check = word('SCHEMA_CHECK_', schemaCheck).toLowerCase();
  return {
    ...same,
    definition: { combines: [], redact: [], ...rest, ...texts, schemaCheck: check, deprecated: deprecation(rest.deprecated) },
  };
}

export function account({ etag: _, ...same }: Json): Json {
  const notifications = { extraEmails: [], ...nulls(['digestMinutes']), ...(same.notifications as Json) };
  return { roles: [], ...nulls(['ownerEmail', 'requiredRole']), ...same, notifications };
}

export function apiKey({ apiKey: found, key }: Json): Json {
  const { etag: _, scopes, ...same } = found as Json;
  const words = (scopes as string[]).map((scope) => word('SCOPE_', scope).toLowerCase().replace('_', ':'));
  return { ...nulls(['expiresAt', 'lastUsedAt', 'previousValidUntil']), ...same, scopes: words, ...(key === undefined ? {} : { key }) };
}

export function auditEntry({ before, after, ...same }: Json): Json {
  return { ...nulls(['accountId', 'subject', 'remoteAddress', 'requestId']), ...same, before: parsed(before), after: parsed(after) };
}

export function resent({ kind, ...same }: Json): Json {
  return { ...same, kind: word('RESEND_KIND_', kind).toLowerCase() };
}

export function redelivery({ kind, status, filter, ...same }: Json): Json {
  const { statuses = [], ...narrowed } = (filter ?? {}) as { statuses?: string[] };
  const words = statuses.map((one) => word('SELECTABLE_', one).toLowerCase());
  return {
    ...nulls(['id', 'webhookId', 'eventId', 'succeeded', 'failed', 'problem', 'createdAt', 'createdBy', 'startedAt', 'completedAt']),
    ...{ dryRun: false, count: 0, countIsLowerBound: false, sent: 0, skipped: 0, remaining: 0 },
    ...same,
    kind: word('REDELIVERY_KIND_', kind).toLowerCase(),
    status: word('REDELIVERY_STATUS_', status).toLowerCase(),
    filter: filter ? { ...nulls(FILTERS), ...narrowed, statuses: words.length > 0 ? words : null } : null,
  };
}

export function session({ scopes = [], ...same }: Json): Json {
  return { ...same, scopes: (scopes as string[]).map((scope) => word('SCOPE_', scope).toLowerCase().replace('_', ':')) };
}

export function circuitCounts({ closed = 0, open = 0, halfOpen = 0 }: Json): Json {
  return { closed, open, 'half-open': halfOpen };
}

function parsed(text: unknown): unknown {
  return text === undefined ? null : JSON.parse(text as string);
}

function deprecation(given: unknown): unknown {
  return given ? { ...nulls(['message', 'replacedBy']), ...(given as Json) } : null;
}

function word(prefix: string, member: unknown): string {
  return String(member).slice(prefix.length);
}

function nulls(names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, null]));
}
