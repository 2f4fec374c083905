import type { Webhook, WebhookAuthRequest, WebhookPatch, WebhookRequest } from '../api';
import { type AuthValues, formOf, type PairRow, type WebhookFormValues } from './form-values';

/** The body of `POST /v1/webhooks`. Only for a form that `formFaults` finds nothing wrong with. */
export function createRequest(values: WebhookFormValues): WebhookRequest {
  return {
    ...settingsOf(values),
    auth: authRequest(values.auth),
    signing: values.signing,
    ...(values.signing && values.secretSource === 'own' ? { secret: values.secret } : {}),
  };
}

/**
 * The body of `PATCH /v1/webhooks/{id}`: what differs from the webhook as it was read, and nothing else, so that a change
 * that someone else made to another field stays. An untouched secret and untouched credentials are not in it.
 */
export function patchRequest(values: WebhookFormValues, webhook: Webhook): WebhookPatch {
  const before = settingsOf(formOf(webhook));
  const after = settingsOf(values);
  const changed = Object.entries(after).filter(([field, value]) => !same(value, before[field as keyof typeof before]));
  const patch: WebhookPatch = Object.fromEntries(changed);
  if (patch.headers) patch.headers = mapPatch(before.headers, after.headers);
  if (patch.metadata) patch.metadata = mapPatch(before.metadata, after.metadata);
  if (!values.auth.keep && !(values.auth.type === 'NONE' && webhook.auth.type === 'NONE')) patch.auth = authRequest(values.auth);
  return { ...patch, ...signingPatch(values, webhook) };
}

/** Whether a patch would leave the webhook as it is. */
export function isEmptyPatch(patch: WebhookPatch): boolean {
  return Object.keys(patch).length === 0;
}

function settingsOf(values: WebhookFormValues) {
  return {
    name: values.name.trim(),
    url: values.url.trim(),
    method: values.method,
    channelId: values.channelId.trim() || null,
    events: values.events,
    filter: values.filter.trim() === '' ? null : values.filter,
    headers: pairMap(values.headers),
    payloadFormat: values.payloadFormat,
    status: values.enabled ? ('enabled' as const) : ('disabled' as const),
    notificationType: values.notificationType,
    retryPolicy: retryPolicyOf(values),
    timeoutMs: Math.round(Number(values.timeoutSeconds) * 1000),
    maxInFlight: Number(values.maxInFlight),
    rateLimit: values.rateLimit === '' ? null : { perSecond: Number(values.rateLimit) },
    metadata: pairMap(values.metadata),
  };
}

/** Rows without a name are not there: an added row that was left empty is no header. */
function pairMap(rows: readonly PairRow[]): Record<string, string> {
  return Object.fromEntries(rows.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]));
}

/** A JSON Merge Patch (RFC 7396) of a map: null takes a key away. */
function mapPatch(before: Record<string, string>, after: Record<string, string>): Record<string, string | null> {
  const gone = Object.keys(before).filter((name) => !(name in after));
  const set = Object.entries(after).filter(([name, value]) => before[name] !== value);
  return { ...Object.fromEntries(gone.map((name) => [name, null])), ...Object.fromEntries(set) };
}

function retryPolicyOf({ scheduleSource, schedule, finalStatuses }: WebhookFormValues): Exclude<WebhookRequest['retryPolicy'], undefined> {
  const statuses = finalStatuses.map(Number);
  if (scheduleSource === 'default' && statuses.length === 0) return null;
  const delays = scheduleSource === 'default' ? null : scheduleSource === 'none' ? [] : schedule.filter((delay) => delay.trim() !== '');
  return { schedule: delays, finalStatuses: statuses };
}

function authRequest(auth: AuthValues): WebhookAuthRequest {
  switch (auth.type) {
    case 'NONE':
      return { type: 'NONE' };
    case 'BEARER':
      return { type: 'BEARER', token: auth.token };
    case 'API_KEY':
      return { type: 'API_KEY', headerName: auth.headerName.trim(), key: auth.apiKey };
    case 'BASIC':
      return { type: 'BASIC', username: auth.username, password: auth.password };
    case 'CUSTOM_HEADERS':
      return { type: 'CUSTOM_HEADERS', headers: pairMap(auth.headers) };
  }
}

// `signing: true` in a PATCH makes a new secret, so it is sent only to switch signing on; a `secret` does that by itself.
function signingPatch(values: WebhookFormValues, webhook: Webhook): Pick<WebhookPatch, 'signing' | 'secret'> {
  if (!values.signing) return webhook.signing ? { signing: false } : {};
  if (values.secretSource === 'own') return { secret: values.secret };
  return values.secretSource === 'generated' ? { signing: true } : {};
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
