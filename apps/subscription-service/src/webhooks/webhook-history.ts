import { isDeepStrictEqual } from 'node:util';
import { decodeKeyCursor, encodeKeyCursor } from '../http/index.js';
import { evolve } from './evolve.js';
import type { StoredWebhookEvent } from './webhook.events.js';
import type { Webhook } from './webhook.js';

const MASKED = '[set]';

/** One field before and after; `null` where there was nothing. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Members of it whose values are masked and are others now; left out when there are none. */
  readonly replaced?: readonly string[];
}

/** One event of a webhook, as its owner reads it. Secrets, credentials and the values of headers are masked. */
export interface WebhookChange {
  readonly version: number;
  /** Such as `webhook.updated`. */
  readonly type: string;
  readonly actor: string;
  /** RFC 3339. */
  readonly occurredAt: string;
  readonly changes: readonly FieldChange[];
}

export interface HistoryQuery {
  /** Only versions before this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What happened to a webhook, newest first. */
export function historyOf(events: readonly StoredWebhookEvent[], { before, limit }: HistoryQuery) {
  const changes: WebhookChange[] = [];
  let webhook: Webhook | undefined;
  for (const event of events) {
    const after = evolve(webhook, event);
    const { version, type, actor, occurredAt } = event;
    changes.push({ version, type, actor, occurredAt, changes: differences(webhook, after) });
    webhook = after;
  }
  const asked = changes.filter(({ version }) => before === undefined || version < before).reverse();
  const data = asked.slice(0, limit);
  return { data, nextCursor: asked.length > limit ? encodeKeyCursor(`v${data.at(-1)!.version}`) : null };
}

/** The version that a cursor of `historyOf` names. @throws AppError `VALIDATION_FAILED` for a text that no list gave out */
export function decodeVersionCursor(cursor: string | undefined): number | undefined {
  const key = decodeKeyCursor(cursor, (text) => /^v[1-9]\d{0,8}$/.test(text));
  return key === undefined ? undefined : Number(key.slice(1));
}

const SETTINGS = [
  'name',
  'url',
  'method',
  'channelId',
  'events',
  'filter',
  'payloadFormat',
  'signing',
  'status',
  'disabledReason',
  'notificationType',
  'retryPolicy',
  'timeoutMs',
  'maxInFlight',
  'rateLimit',
  'metadata',
  'notifyEmails',
] as const satisfies readonly (keyof Webhook)[];

function differences(before: Webhook | undefined, after: Webhook | undefined): FieldChange[] {
  const fields = SETTINGS.map((field) => change(field, before?.[field], after?.[field]));
  return [
    ...fields,
    replacing(
      otherHeaders(before?.headers, after?.headers),
      change('headers', before?.headers, after?.headers, (headers) =>
        Object.fromEntries(Object.keys(headers).map((name) => [name, MASKED])),
      ),
    ),
    replacing(
      otherCredentials(before?.auth.credentialsId, after?.auth.credentialsId),
      change('auth', before?.auth, after?.auth, ({ credentialsId, ...auth }) =>
        credentialsId === null ? auth : { ...auth, credentials: MASKED },
      ),
    ),
    change('secret', before?.secrets[0], after?.secrets[0], () => MASKED),
    change('previousValidUntil', before?.secrets[1]?.validUntil, after?.secrets[1]?.validUntil),
  ].filter((each) => each !== undefined);
}

function change<Value>(
  field: string,
  before: Value | undefined,
  after: Value | undefined,
  shown: (value: NonNullable<Value>) => unknown = (value) => value,
): FieldChange | undefined {
  if (isDeepStrictEqual(before ?? null, after ?? null)) return undefined;
  const show = (value: Value | undefined): unknown => (value === undefined || value === null ? null : shown(value));
  return { field, before: show(before), after: show(after) };
}

type Headers = Readonly<Record<string, string>>;

function otherHeaders(before: Headers = {}, after: Headers = {}): string[] {
  return Object.keys(after).filter((name) => Object.hasOwn(before, name) && before[name] !== after[name]);
}

function otherCredentials(before: string | null = null, after: string | null = null): string[] {
  return before !== null && after !== null && before !== after ? ['credentials'] : [];
}

function replacing(replaced: readonly string[], fieldChange: FieldChange | undefined): FieldChange | undefined {
  return fieldChange && replaced.length > 0 ? { ...fieldChange, replaced } : fieldChange;
}
