import { describe, expect, it } from '@jest/globals';
import type { DeliveryAttemptedV1 } from '#libs/contracts';
import { withoutEvent } from './forgotten-event.js';
import { KEPT_FAILURES, learnAttempt, QUIET, type Standing } from './standing.js';
import { anAttempt } from './testing-support/news.js';

const AT = Date.parse('2026-11-21T10:00:00Z');
const after = (...attempts: readonly DeliveryAttemptedV1[]): Standing => attempts.reduce(learnAttempt, QUIET);
const of = (eventId: string, overrides: Partial<DeliveryAttemptedV1> = {}) => anAttempt(AT, { eventId, ...overrides });

describe('a standing from which an event is forgotten', () => {
  it('is as if that event had not failed', () => {
    const [first, gone, last] = [of('a'), of('b', { nextAttemptAt: null }), of('c')];
    expect(withoutEvent(after(first, gone, last), 'b')).toEqual(after(first, last));
    expect(withoutEvent(after(first, gone), 'b').gathered).toEqual(after(first).gathered);
  });

  it('has nothing to tell when there was nothing else', () => {
    expect(withoutEvent(after(of('a'), of('a')), 'a').gathered).toBeNull();
    expect(withoutEvent(QUIET, 'a')).toBe(QUIET);
  });

  it('still names the last failure when those before it are gone', () => {
    const many = Array.from({ length: KEPT_FAILURES }, () => of('a'));
    const last = of('b');
    const left = withoutEvent(after(...many, last), 'a').gathered!;
    expect([left.count, left.kept.map(({ eventId }) => eventId), left.last.eventId]).toEqual([1, ['b'], 'b']);
  });
});
