import { jsonRecord, readJsonRecord } from '../cloud-event.js';
import { Topics } from '../topics.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { CIRCUITS, type Circuit } from './circuit.js';
import { ATTEMPT_TRIGGERS, type AttemptTrigger } from './delivery-requested.js';
import { ERROR_CLASSES, type ErrorClass } from './error-class.js';
import { objectOf, type MessageSpec } from './message-spec.js';
import { shapeCheck } from './shape-check.js';

export const DELIVERY_ATTEMPTED = 'hookstream.delivery.attempted.v1';

/** One HTTP attempt, public, on `hookstream.attempts`. Credentials are masked. */
export interface DeliveryAttemptedV1 {
  readonly id: string;
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly accountId: string;
  readonly channelId: string | null;
  readonly eventId: string;
  readonly eventType: string;
  readonly attempt: number;
  readonly trigger: AttemptTrigger;
  /** The circuit of the webhook's endpoint when the attempt was made. */
  readonly circuit: Circuit;
  /** RFC 3339. */
  readonly attemptedAt: string;
  readonly durationMs: number;
  readonly statusCode: number | null;
  readonly status: 'succeeded' | 'failed';
  readonly errorClass: ErrorClass | null;
  /** The failure in words; never tells what lies behind a refused address. */
  readonly error: string | null;
  readonly nextAttemptAt: string | null;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[]>>;
    readonly body: string;
    readonly truncated: boolean;
  } | null;
  /** Milliseconds from the start of the attempt; `null` for a phase that was not reached or, on a kept connection, not needed. */
  readonly timings: {
    readonly dns: number | null;
    readonly connect: number | null;
    readonly tls: number | null;
    readonly firstByte: number | null;
    readonly total: number;
  };
  readonly resolvedAddress: string | null;
}

const PHASE = ['number', 'null'];

export const deliveryAttemptedV1: MessageSpec<DeliveryAttemptedV1> = {
  name: 'DeliveryAttempted',
  version: 1,
  types: [DELIVERY_ATTEMPTED],
  topic: Topics.attempts,
  summary: 'One HTTP attempt of a delivery: the request, the answer, how long it took and what comes next.',
  fixture: 'delivery-attempted.v1',
  schema: objectOf<DeliveryAttemptedV1>({
    id: { type: 'string', description: 'The attempt, `att_…`; sorts by time.' },
    deliveryId: { type: 'string', description: 'The delivery, `dlv_…`; one event to one webhook.' },
    webhookId: { type: 'string', description: 'The webhook, `wh_…`; also the key of the record.' },
    accountId: { type: 'string', description: 'The account that owns the webhook.' },
    channelId: { type: ['string', 'null'], description: 'The channel of the event, if it has one.' },
    eventId: { type: 'string', description: 'The event as its publisher named it; sent as `webhook-id`.' },
    eventType: { type: 'string', description: 'The type of the event, such as `order_created`.' },
    attempt: { type: 'integer', minimum: 1, description: 'Which attempt of the delivery this is, from 1.' },
    trigger: { type: 'string', enum: ATTEMPT_TRIGGERS, description: 'Why the attempt was made.' },
    circuit: { type: 'string', enum: CIRCUITS, description: "The circuit of the webhook's endpoint when the attempt was made." },
    attemptedAt: { type: 'string', description: 'When it began, RFC 3339.' },
    durationMs: { type: 'integer', minimum: 0, description: 'How long it took, in milliseconds.' },
    statusCode: { type: ['integer', 'null'], description: 'HTTP status of the answer; null when there was none.' },
    status: { type: 'string', enum: ['succeeded', 'failed'], description: 'Only an answer of 2xx is a success.' },
    errorClass: { type: ['string', 'null'], enum: [...ERROR_CLASSES, null], description: 'The kind of failure; null on success.' },
    error: { type: ['string', 'null'], description: 'The failure in words; null on success.' },
    nextAttemptAt: { type: ['string', 'null'], description: 'When the next attempt is due, RFC 3339; null when none follows.' },
    request: {
      ...objectOf<DeliveryAttemptedV1['request']>({
        method: { type: 'string', description: 'HTTP method.' },
        url: { type: 'string', description: 'The URL that was called.' },
        headers: { type: 'object', additionalProperties: { type: 'string' }, description: 'Headers by name; credentials are masked.' },
        body: {
          type: ['string', 'null'],
          description:
            'The body as sent, null when there was none; of one that is too large its beginning, with a note of its size at the end.',
        },
      }),
      description: 'What was sent.',
    },
    response: {
      ...objectOf<NonNullable<DeliveryAttemptedV1['response']>>({
        status: { type: 'integer', description: 'HTTP status.' },
        headers: {
          type: 'object',
          additionalProperties: { type: ['string', 'array'], items: { type: 'string' } },
          description: 'Headers by name; a list when a header came more than once.',
        },
        body: { type: 'string', description: 'The first 16 KiB of the body, read as UTF-8.' },
        truncated: { type: 'boolean', description: 'Whether the body was longer than what is kept.' },
      }),
      type: ['object', 'null'],
      description: 'What came back; null when nothing did.',
    },
    timings: {
      ...objectOf<DeliveryAttemptedV1['timings']>({
        dns: { type: PHASE, minimum: 0, description: 'Name resolved.' },
        connect: { type: PHASE, minimum: 0, description: 'Connection made.' },
        tls: { type: PHASE, minimum: 0, description: 'TLS agreed.' },
        firstByte: { type: PHASE, minimum: 0, description: 'First byte of the answer.' },
        total: { type: 'number', minimum: 0, description: 'The whole attempt.' },
      }),
      description: 'When each phase was over, in milliseconds from the start; null: not reached or, on a kept connection, not needed.',
    },
    resolvedAddress: { type: ['string', 'null'], description: 'The IP address that was called; null when none was.' },
  }),
};

const check = shapeCheck(deliveryAttemptedV1);

/** As a record for `hookstream.attempts`. */
export function encodeAttempted(message: DeliveryAttemptedV1, source: string): WireRecord {
  return jsonRecord(
    {
      id: message.id,
      source,
      type: DELIVERY_ATTEMPTED,
      time: message.attemptedAt,
      subject: message.webhookId,
      accountId: message.accountId,
      channelId: message.channelId ?? undefined,
    },
    message,
  );
}

/** @throws ContractViolation when the record is not an attempt */
export function decodeAttempted(record: Pick<ReceivedRecord, 'headers' | 'value'>): DeliveryAttemptedV1 {
  return check(readJsonRecord(record, [DELIVERY_ATTEMPTED]).data);
}
