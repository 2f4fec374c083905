import { jsonRecord, readJsonRecord } from '../cloud-event.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import type { AttemptTrigger } from './delivery-requested.js';
import { shapeCheck } from './shape-check.js';

export const DELIVERY_ATTEMPTED = 'hookstream.delivery.attempted.v1';

/** What kind of failure an attempt met; `null` beside a success. */
export const ERROR_CLASSES = ['dns', 'connect', 'tls', 'timeout', 'reset', 'http_3xx', 'http_4xx', 'http_5xx', 'policy', 'protocol'] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

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

const check = shapeCheck<DeliveryAttemptedV1>(DELIVERY_ATTEMPTED, {
  type: 'object',
  required: [
    'id', 'deliveryId', 'webhookId', 'accountId', 'channelId', 'eventId', 'eventType', 'attempt', 'trigger', 'attemptedAt', 'durationMs',
    'statusCode', 'status', 'errorClass', 'error', 'nextAttemptAt', 'request', 'response', 'timings', 'resolvedAddress',
  ],
  properties: {
    attempt: { type: 'integer', minimum: 1 },
    status: { enum: ['succeeded', 'failed'] },
    errorClass: { enum: [...ERROR_CLASSES, null] },
    request: { type: 'object', required: ['method', 'url', 'headers', 'body'] },
    response: { type: ['object', 'null'], required: ['status', 'headers', 'body', 'truncated'] },
    timings: { type: 'object', required: ['dns', 'connect', 'tls', 'firstByte', 'total'] },
  },
});

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
