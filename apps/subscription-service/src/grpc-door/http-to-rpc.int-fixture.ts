type Json = Record<string, unknown>;

/** A number that no enum has: what a word is that HTTP does not know either. */
const NO_MEMBER = 99;
const WORDS: Record<string, readonly string[]> = {
  HTTP_METHOD: ['POST', 'PUT', 'GET', 'DELETE'],
  PAYLOAD_FORMAT: ['DEFAULT', 'Z_API', 'ENVELOPE', 'STANDARD', 'CLOUDEVENTS', 'RAW', 'XML'],
  WEBHOOK_STATUS: ['ENABLED', 'DISABLED'],
  HEALTH_STATE: ['HEALTHY', 'FAILING', 'PAUSED', 'PROBING', 'DISABLED'],
  NOTIFICATION_TYPE: ['REST'],
  AUTH_TYPE: ['NONE', 'BEARER', 'API_KEY', 'BASIC', 'CUSTOM_HEADERS'],
  SELECTABLE: ['FAILED', 'DISCARDED', 'SUCCEEDED', 'MISSED'],
  EVENT_TARGET: ['ALL', 'MISSING', 'WEBHOOK'],
  REDELIVERY_STATUS: ['PREPARING', 'RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED'],
  DEAD_LETTER_STATUS: ['OPEN', 'REPUBLISHED'],
  CIRCUIT_STATE: ['CLOSED', 'OPEN', 'HALF_OPEN'],
  MAIL_STATUS: ['PENDING', 'SENT', 'FAILED'],
  SCHEMA_CHECK: ['OFF', 'WARN', 'REJECT'],
  SCOPE: ['WEBHOOKS_READ', 'WEBHOOKS_WRITE', 'EVENTS_WRITE', 'DELIVERIES_READ', 'DELIVERIES_REDELIVER', 'ADMIN'],
};

export function withoutNulls(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null && value !== undefined));
}

export function webhook(body: Json): Json {
  const { retryPolicy, auth, ...same } = withoutNulls(body);
  return withoutNulls({
    ...same,
    method: member('HTTP_METHOD', same.method),
    payloadFormat: member('PAYLOAD_FORMAT', same.payloadFormat),
    status: member('WEBHOOK_STATUS', same.status),
    notificationType: member('NOTIFICATION_TYPE', same.notificationType),
    auth: auth && { ...(auth as Json), type: member('AUTH_TYPE', (auth as Json).type) },
    retryPolicy: retryPolicy && policy(retryPolicy as Json),
  });
}

/** A JSON Merge Patch as values and mask. */
export function webhookPatch(body: Json): Json {
  const { headers, metadata, ...rest } = body;
  const values = webhook(rest);
  const paths = Object.entries(body).flatMap(([name, value]) =>
    name === 'retryPolicy' && value !== null ? Object.keys(value as Json).map((inner) => `retry_policy.${snake(inner)}`) : [snake(name)],
  );
  return { patch: withoutNulls({ ...values, headers: textPatch(headers), metadata: textPatch(metadata) }), updateMask: paths };
}

export function patch(body: Json): Json {
  const paths = Object.entries(body).flatMap(([name, value]) =>
    name === 'notifications' ? Object.keys(value as Json).map((inner) => `notifications.${snake(inner)}`) : [snake(name)],
  );
  return { patch: withoutNulls(body), updateMask: paths };
}

export function query(given: Record<string, string>): Json {
  const { limit, deprecated, ...rest } = given;
  return withoutNulls({ ...rest, limit: limit && Number(limit), deprecated: deprecated && deprecated === 'true' });
}

export function webhookQuery(given: Record<string, string>): Json {
  const { status, health, ...rest } = given;
  return withoutNulls({ ...query(rest), status: member('WEBHOOK_STATUS', status), health: member('HEALTH_STATE', health?.toUpperCase()) });
}

export function event(body: Json): Json {
  const bytes = (value: unknown): unknown => (value === undefined ? undefined : Buffer.from(JSON.stringify(value)));
  return withoutNulls({ ...body, data: bytes(body.data), context: bytes(body.context) });
}

export function filterTest({ filter, event: given }: Json): Json {
  return withoutNulls({ filter, event: given && event(given as Json) });
}

export function eventType(body: Json): Json {
  const text = (value: unknown): unknown => (value === undefined ? undefined : JSON.stringify(value));
  return withoutNulls({
    ...body,
    schema: text(body.schema),
    sample: text(body.sample),
    schemaCheck: member('SCHEMA_CHECK', body.schemaCheck),
  });
}

/** Nulls stay: in a change they say something. */
export function apiKey(body: Json): Json {
  const { scopes, ...rest } = body;
  return scopes === undefined ? rest : { ...rest, scopes: (scopes as string[]).map((scope) => member('SCOPE', scope)) };
}

export function selection({ statuses, ...same }: Json): Json {
  return withoutNulls({ ...same, statuses: (statuses as string[] | undefined)?.map((status) => member('SELECTABLE', status)) });
}

export function eventTarget({ to, ...same }: Json): Json {
  return withoutNulls({ ...same, to: member('EVENT_TARGET', to) });
}

export function redeliveryQuery({ status, ...same }: Record<string, string>): Json {
  return withoutNulls({ ...query(same), status: member('REDELIVERY_STATUS', status) });
}

export function deadLetterQuery({ status, ...same }: Record<string, string>): Json {
  return withoutNulls({ ...query(same), status: member('DEAD_LETTER_STATUS', status) });
}

export function circuitQuery({ circuit, ...same }: Record<string, string>): Json {
  return withoutNulls({ ...query(same), circuit: member('CIRCUIT_STATE', circuit) });
}

export function mailQuery({ status, ...same }: Record<string, string>): Json {
  return withoutNulls({ ...query(same), status: member('MAIL_STATUS', status) });
}

function policy({ schedule, finalStatuses }: Json): Json {
  return withoutNulls({ schedule: schedule && { delays: schedule }, finalStatuses });
}

function textPatch(texts: unknown): Json | undefined {
  if (texts === undefined || texts === null) return undefined;
  const entries = Object.entries(texts);
  return {
    set: Object.fromEntries(entries.filter(([, value]) => value !== null)),
    remove: entries.filter(([, value]) => value === null).map(([name]) => name),
  };
}

function member(prefix: string, word: unknown): unknown {
  if (typeof word !== 'string') return word;
  const name = word.toUpperCase().replaceAll(/[-:]/g, '_');
  return WORDS[prefix]!.includes(name) ? `${prefix}_${name}` : NO_MEMBER;
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
