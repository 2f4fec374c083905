import { describe, expect, it } from 'vitest';
import type { DeliveryDetail } from '../api';
import { anAttempt } from '../history/testing-support/an-attempt';
import { countdown, timelineOf } from './timeline';

function aDelivery(given: object = {}): DeliveryDetail {
  return {
    ...{ id: 'dlv_1', webhookId: 'wh_1', eventId: 'evt_1', eventType: 'order_created', channelId: null, test: false },
    ...{ state: 'succeeded', reason: null, attempts: 1, lastStatusCode: 200, lastErrorClass: null, nextAttemptAt: null },
    ...{ createdAt: '2026-11-21T10:00:01Z', completedAt: '2026-11-21T10:00:03Z', totalMs: 2000, failure: null },
    event: { source: '/shop', time: '2026-11-21T10:00:00Z', dataState: 'kept' },
    timeline: [anAttempt()],
    ...given,
  } as unknown as DeliveryDetail;
}

const kinds = (delivery: DeliveryDetail) => timelineOf(delivery).map(({ kind }) => kind);

describe('the timeline of a delivery', () => {
  it('leads from the event to the end', () => {
    expect(kinds(aDelivery())).toEqual(['published', 'routed', 'attempt', 'ended']);
  });

  it('ends with the next attempt while it is retried', () => {
    const steps = timelineOf(
      aDelivery({
        state: 'retrying',
        completedAt: null,
        nextAttemptAt: '2026-11-21T10:05:00Z',
        timeline: [anAttempt(), anAttempt({ attempt: 2 })],
        attempts: 2,
      }),
    );
    expect(steps.at(-1)).toEqual({ kind: 'next', at: '2026-11-21T10:05:00Z', attempt: 3 });
  });

  it('waits for its first attempt', () => {
    expect(timelineOf(aDelivery({ state: 'pending', completedAt: null, timeline: [], attempts: 0 })).at(-1)).toEqual({
      kind: 'waiting',
      attempt: 1,
    });
  });

  it('waits too when a retry is due at no known time, as behind an open circuit', () => {
    expect(timelineOf(aDelivery({ state: 'retrying', completedAt: null })).at(-1)).toEqual({ kind: 'waiting', attempt: 2 });
  });

  it('has no beginning once the event is gone', () => {
    expect(kinds(aDelivery({ event: null }))).toEqual(['routed', 'attempt', 'ended']);
  });
});

describe('the countdown', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  it.each([
    ['2026-11-21T10:04:05Z', '4:05'],
    ['2026-11-21T10:00:00.200Z', '0:01'],
    ['2026-11-21T12:03:04Z', '2:03:04'],
    ['2026-11-21T09:00:00Z', '0:00'],
  ])('to %s is %s', (until, text) => expect(countdown(until, now)).toBe(text));
});
