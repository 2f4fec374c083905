import type { DeliveryAttemptedV1, DeliveryOutcomeV1, DeliveryRequestedV1, DeliveryResult } from '#libs/contracts';
import { eventKey } from '../history-schema/index.js';

/**
 * What records say of one delivery, as `history.deliveries` keeps it. Records come in any order and more than once, so
 * nothing here depends on either: a fact is only ever replaced by a later one, and the state follows from the facts alone.
 */
export interface DeliveryFacts {
  readonly id: string;
  readonly webhookId: string;
  readonly accountId: string;
  readonly channelId: string | null;
  readonly eventId: string;
  readonly eventType: string;
  readonly test: boolean;
  readonly eventKey: string | null;
  /** Milliseconds since the epoch, as all times here. */
  readonly requestedAt: number | null;
  readonly firstAttemptAt: number | null;
  readonly attempt: LastAttempt | null;
  readonly outcome: Outcome | null;
  readonly redelivery: Redelivery | null;
}

interface LastAttempt {
  readonly number: number;
  readonly id: string;
  readonly status: 'succeeded' | 'failed';
  readonly statusCode: number | null;
  readonly errorClass: string | null;
  readonly nextAttemptAt: number | null;
}

interface Outcome {
  readonly attempts: number;
  readonly at: number;
  readonly result: DeliveryResult;
  readonly reason: string | null;
  readonly totalMs: number;
}

interface Redelivery {
  readonly attempt: number;
  readonly at: number;
}

/** @param publishedAt milliseconds since the epoch */
export function factsOfRequest(requested: DeliveryRequestedV1, publishedAt: number): DeliveryFacts {
  const { deliveryId, webhookId, trigger, attempt, event } = requested;
  return {
    ...nothingYet,
    id: deliveryId,
    webhookId,
    accountId: event.accountId,
    channelId: event.channelId ?? null,
    eventId: event.id,
    eventType: event.type,
    test: trigger === 'test',
    eventKey: eventKey(deliveryId, event.accountId, event.source, event.id),
    requestedAt: Date.parse(requested.requestedAt),
    redelivery: trigger === 'redelivery' && attempt > 1 ? { attempt, at: publishedAt } : null,
  };
}

export function factsOfAttempt(attempted: DeliveryAttemptedV1): DeliveryFacts {
  return {
    ...nothingYet,
    ...subjectOf(attempted),
    test: attempted.trigger === 'test',
    firstAttemptAt: Date.parse(attempted.attemptedAt),
    attempt: {
      number: attempted.attempt,
      id: attempted.id,
      status: attempted.status,
      statusCode: attempted.statusCode,
      errorClass: attempted.errorClass,
      nextAttemptAt: attempted.nextAttemptAt === null ? null : Date.parse(attempted.nextAttemptAt),
    },
  };
}

export function factsOfOutcome(outcome: DeliveryOutcomeV1): DeliveryFacts {
  const at = Date.parse(outcome.completedAt);
  return {
    ...nothingYet,
    ...subjectOf(outcome),
    requestedAt: at - outcome.totalMs,
    firstAttemptAt: outcome.firstAttemptAt === null ? null : Date.parse(outcome.firstAttemptAt),
    outcome: { attempts: outcome.attempts, at, result: outcome.result, reason: outcome.reason, totalMs: outcome.totalMs },
  };
}

/** Both together; the statement that stores facts does the same with what is stored. */
export function mergeFacts(a: DeliveryFacts, b: DeliveryFacts): DeliveryFacts {
  return {
    ...a,
    test: a.test || b.test,
    eventKey: a.eventKey ?? b.eventKey,
    requestedAt: earlier(a.requestedAt, b.requestedAt),
    firstAttemptAt: earlier(a.firstAttemptAt, b.firstAttemptAt),
    attempt: later(a.attempt, b.attempt, (x, y) => x.number - y.number || (x.id < y.id ? -1 : 1)),
    outcome: later(a.outcome, b.outcome, (x, y) => x.attempts - y.attempts || x.at - y.at),
    redelivery: later(a.redelivery, b.redelivery, (x, y) => x.attempt - y.attempt || x.at - y.at),
  };
}

const nothingYet = {
  test: false,
  eventKey: null,
  requestedAt: null,
  firstAttemptAt: null,
  attempt: null,
  outcome: null,
  redelivery: null,
} as const;

function subjectOf(record: DeliveryAttemptedV1 | DeliveryOutcomeV1) {
  const { deliveryId, webhookId, accountId, channelId, eventId, eventType } = record;
  return { id: deliveryId, webhookId, accountId, channelId, eventId, eventType };
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function later<T>(a: T | null, b: T | null, compare: (a: T, b: T) => number): T | null {
  if (a === null) return b;
  return b === null || compare(a, b) >= 0 ? a : b;
}
