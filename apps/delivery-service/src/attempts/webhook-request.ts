import { randomFillSync } from 'node:crypto';
import type { DeliveryRequestedV1, DomainEvent, HttpMethod } from '#libs/contracts';
import { plainSignature, standardWebhookSignature, type SigningKey } from '#libs/signing';

/** What a request is made of, apart from the delivery itself. */
export interface RequestParts {
  readonly method: HttpMethod;
  /** The webhook's URL as it was accepted. */
  readonly url: string;
  /** Names and values of the webhook's auth and own headers, alternating. */
  readonly headers: readonly string[];
  /** The current key first; empty when signing is off. */
  readonly keys: readonly SigningKey[];
  readonly contentType: string;
  /** The rendered event; `null` with GET and DELETE. */
  readonly body: Buffer | null;
  /** Unix time of the attempt in milliseconds. */
  readonly now: number;
  /** `Hookstream/<version>`. */
  readonly userAgent: string;
}

/** A request as it goes out. */
export interface WebhookRequest {
  readonly method: HttpMethod;
  readonly url: string;
  /** Names and values, alternating, in the order of the contract, §4. */
  readonly headers: readonly string[];
  readonly body: Buffer | null;
}

/** The request of an attempt, exactly as the contract, §4, describes it. */
export function webhookRequest(request: DeliveryRequestedV1, parts: RequestParts): WebhookRequest {
  const { event, attempt } = request;
  const { body } = parts;
  const messageId = headerText(event.id);
  const timestamp = Math.floor(parts.now / 1000);
  const headers: string[] = body === null ? [] : ['content-type', headerText(parts.contentType)];
  // prettier-ignore
  headers.push(
    'user-agent', parts.userAgent,
    'webhook-id', messageId,
    'webhook-timestamp', String(timestamp),
    'x-hookstream-event', headerText(event.type),
    'x-hookstream-delivery', request.deliveryId,
    'x-hookstream-attempt', String(attempt),
  );
  if (request.trigger === 'test') headers.push('x-hookstream-test', 'true');
  headers.push('traceparent', traceparent(event.traceparent), ...parts.headers);
  if (parts.keys.length > 0) {
    headers.push('webhook-signature', standardWebhookSignature(parts.keys, messageId, timestamp, body));
    headers.push('x-hookstream-signature', plainSignature(parts.keys[0]!, body));
  }
  return { method: parts.method, url: body === null ? withEventQuery(parts.url, event) : parts.url, headers, body };
}

// Appended to the text of the URL: reading the query and writing it again would respell what the owner wrote.
function withEventQuery(url: string, event: DomainEvent): string {
  const query = `event_id=${encode(event.id)}&event_type=${encode(event.type)}&event_time=${encode(event.time)}`;
  if (!url.includes('?')) return `${url}?${query}`;
  return url.endsWith('?') || url.endsWith('&') ? `${url}${query}` : `${url}&${query}`;
}

/** Text that a header can hold: what is not printable ASCII is percent-encoded. The signature covers it in this form. */
function headerText(text: string): string {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) ? text : text.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** The event's trace goes on; an event without one, or with one that is not W3C trace context, starts one. */
function traceparent(given: string | undefined): string {
  if (given !== undefined && /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.test(given)) return given;
  const ids = randomHex();
  return `00-${ids.slice(0, 32)}-${ids.slice(32)}-01`;
}

const ID_BYTES = 24;
const pool = Buffer.alloc(ID_BYTES * 128);
let used = pool.length;

// The system's randomness costs 4 µs a call, whatever the amount.
function randomHex(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.toString('hex', used, (used += ID_BYTES));
}
