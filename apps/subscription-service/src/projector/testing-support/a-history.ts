import { createHash, randomBytes } from 'node:crypto';
import {
  type DeliveryAttemptedV1,
  type DeliveryOutcomeV1,
  type DeliveryRequestedV1,
  type DeliveryResult,
  type EventUnmatchedV1,
  encodeAttempted,
  encodeDeliveryRequested,
  encodeEventUnmatched,
  encodeOutcome,
  type WireRecord,
} from '#libs/contracts';
import { composeId, newId } from '#libs/kernel';
import type { HistoryTopic } from '../history-record.js';

/** What becomes of a delivery, attempt by attempt. */
export interface Course {
  /** The status code of each attempt; null: no answer. */
  readonly codes: readonly (number | null)[];
  /** Null while it goes on. */
  readonly result: DeliveryResult | null;
  readonly test?: boolean;
}

export interface DeliveryHistory {
  readonly request: DeliveryRequestedV1;
  readonly attempts: readonly DeliveryAttemptedV1[];
  readonly outcome: DeliveryOutcomeV1 | null;
  /** The records of all of it, by topic, as the services write them. */
  readonly records: readonly { readonly topic: HistoryTopic; readonly record: WireRecord }[];
}

export interface HistoryOptions {
  readonly webhookId: string;
  readonly accountId?: string;
  readonly eventId?: string;
  readonly eventType?: string;
  readonly data?: string;
  /** What is sent; default `data`. */
  readonly body?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const ATTEMPT_APART_MS = 1_000;

/** One delivery with the records that tell of it. */
export function aDeliveryHistory(course: Course, options: HistoryOptions): DeliveryHistory {
  const { webhookId, at, accountId = 'default', eventId = newId('evt'), eventType = 'order_created', data = '{"orderId":"o-1"}' } = options;
  const tail = createHash('sha256').update(`${eventId}\0${webhookId}`).digest();
  const deliveryId = composeId('dlv', at, tail);
  const time = (ms: number): string => new Date(ms).toISOString();
  const request: DeliveryRequestedV1 = {
    ...{ deliveryId, webhookId, attempt: 1, trigger: course.test ? 'test' : 'event', wait: 0, past: null, requestedAt: time(at) },
    event: {
      id: eventId,
      source: '/test',
      type: eventType,
      time: time(at),
      accountId,
      dataContentType: 'application/json',
      data: Buffer.from(data),
    },
  };
  const subject = { deliveryId, webhookId, accountId, channelId: null, eventId, eventType };
  const attempts = course.codes.map((code, i): DeliveryAttemptedV1 => {
    const attemptedAt = at + 10 + i * ATTEMPT_APART_MS;
    const succeeded = code !== null && code >= 200 && code < 300;
    const last = i === course.codes.length - 1;
    const goesOn = !succeeded && !(last && course.result !== null && course.result !== 'discarded');
    return {
      ...subject,
      // Of that time, whatever other ids were made before.
      id: composeId('att', attemptedAt, randomBytes(10)),
      attempt: i + 1,
      trigger: course.test ? 'test' : i === 0 ? 'event' : 'retry',
      circuit: 'closed',
      attemptedAt: time(attemptedAt),
      durationMs: 12 + i,
      statusCode: code,
      status: succeeded ? 'succeeded' : 'failed',
      errorClass: succeeded ? null : code === null ? 'timeout' : code >= 500 ? 'http_5xx' : 'http_4xx',
      error: succeeded ? null : 'it failed',
      nextAttemptAt: goesOn ? time(attemptedAt + ATTEMPT_APART_MS) : null,
      request: { method: 'POST', url: 'http://127.0.0.1:9/', headers: { 'webhook-id': eventId }, body: options.body ?? data },
      response: code === null ? null : { status: code, headers: {}, body: 'answer \u0000', truncated: false },
      timings: { dns: null, connect: 1, tls: null, firstByte: 10, total: 12 },
      resolvedAddress: '127.0.0.1',
    };
  });
  const lastAttempt = attempts.at(-1);
  const completedAt = at + 50 + attempts.length * ATTEMPT_APART_MS;
  const outcome: DeliveryOutcomeV1 | null = course.result && {
    ...subject,
    result: course.result,
    reason: course.result === 'discarded' ? 'expired' : null,
    attempts: attempts.length,
    lastStatusCode: lastAttempt?.statusCode ?? null,
    lastErrorClass: lastAttempt?.errorClass ?? null,
    firstAttemptAt: attempts[0]?.attemptedAt ?? null,
    completedAt: time(completedAt),
    totalMs: completedAt - at,
  };
  const retries = attempts.slice(1).map(({ attempt }) => ({ ...request, attempt, trigger: 'retry' as const, wait: attempt - 1 }));
  return {
    request,
    attempts,
    outcome,
    records: [
      ...[request, ...retries].map((one) => ({ topic: 'deliveries' as const, record: encodeDeliveryRequested(one, '/test') })),
      ...attempts.map((one) => ({ topic: 'attempts' as const, record: encodeAttempted(one, '/test') })),
      ...(outcome ? [{ topic: 'outcomes' as const, record: encodeOutcome(outcome, '/test') }] : []),
    ],
  };
}

/** An event that no webhook wanted. */
export function anUnmatchedEvent(options: Omit<HistoryOptions, 'webhookId' | 'body'>): EventUnmatchedV1 {
  const { event } = aDeliveryHistory({ codes: [], result: null }, { ...options, webhookId: 'wh_none' }).request;
  return { event, unmatchedAt: new Date(options.at + 5).toISOString() };
}

/** As the router writes it. */
export function recordOfUnmatched(unmatched: EventUnmatchedV1): DeliveryHistory['records'][number] {
  return { topic: 'unmatchedEvents', record: encodeEventUnmatched(unmatched, '/test') };
}

const COURSES: readonly Course[] = [
  { codes: [200], result: 'succeeded' },
  { codes: [500, 200], result: 'succeeded' },
  { codes: [500, null, 404], result: 'failed' },
  { codes: [503], result: null },
  { codes: [], result: null },
  { codes: [], result: 'discarded' },
  { codes: [500, 500], result: 'discarded' },
  { codes: [200], result: 'succeeded', test: true },
];

/** Deliveries of every course, over some webhooks; two webhooks share each event, but for tests, which have one of their own. */
export function someHistories(count: number, webhookIds: readonly string[], at: number): DeliveryHistory[] {
  let eventId = '';
  return Array.from({ length: count }, (_, i) => {
    const course = COURSES[i % COURSES.length]!;
    if (i % 2 === 0 || course.test) eventId = newId('evt');
    return aDeliveryHistory(course, { webhookId: webhookIds[i % webhookIds.length]!, eventId, at: at + Math.floor(i / 2) });
  });
}

/** The state in which such a delivery has to be. */
export function expectedState({ attempts, outcome }: DeliveryHistory): string {
  return outcome?.result ?? (attempts.length > 0 ? 'retrying' : 'pending');
}
