import { timeOfId } from '../history-schema/index.js';
import type { HistoryRecord } from './history-record.js';

/** Whom a record tells of. Times are milliseconds since the epoch. */
export interface RecordSubject {
  readonly accountId: string;
  /** Undefined: of no webhook. */
  readonly webhookId: string | undefined;
  readonly eventId: string | undefined;
  /** When what it tells of happened. */
  readonly at: number;
  /** When what it tells of began, for all that can be known: a delivery may go on for days. */
  readonly begunAt: number;
}

/** @returns undefined of a record that tells of nobody */
export function subjectOf(record: HistoryRecord): RecordSubject | undefined {
  switch (record.kind) {
    case 'requested': {
      const { event, webhookId, requestedAt } = record.requested;
      return { accountId: event.accountId, webhookId, eventId: event.id, at: record.publishedAt, begunAt: Date.parse(requestedAt) };
    }
    case 'unmatched': {
      const { event, unmatchedAt } = record.unmatched;
      const at = Date.parse(unmatchedAt);
      return { accountId: event.accountId, webhookId: undefined, eventId: event.id, at, begunAt: at };
    }
    case 'attempted': {
      const { accountId, webhookId, eventId, deliveryId, attempt, attemptedAt } = record.attempted;
      const at = Date.parse(attemptedAt);
      // Of a later attempt, the record does not say when the first one was asked for; the id of the delivery says when its event was.
      return { accountId, webhookId, eventId, at, begunAt: attempt === 1 ? at : Math.min(at, timeOfId(deliveryId)) };
    }
    case 'outcome': {
      const { accountId, webhookId, eventId, completedAt, totalMs } = record.outcome;
      const at = Date.parse(completedAt);
      return { accountId, webhookId, eventId, at, begunAt: at - totalMs };
    }
    case 'health': {
      const { accountId, webhookId, changedAt } = record.health;
      return { accountId, webhookId, eventId: undefined, at: Date.parse(changedAt), begunAt: Date.parse(changedAt) };
    }
    case 'health-gone':
      return undefined;
  }
}
