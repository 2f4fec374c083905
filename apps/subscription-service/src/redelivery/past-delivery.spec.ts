import { describe, expect, it } from '@jest/globals';
import { nextAttempt } from './past-delivery.js';

const END = Date.UTC(2026, 10, 21, 9, 0, 0, 123);

describe('the record that sends an ended delivery again', () => {
  it('is the same whether the outcome of its last attempt is known yet or not', () => {
    const next = nextAttempt({ attempts: 2, discardReason: null, endedAt: null });
    expect(next).toEqual(nextAttempt({ attempts: 2, discardReason: null, endedAt: END }));
    expect(next.attempt).toBe(3);
  });

  it('is another one after each time that the delivery was discarded, of which no attempt tells', () => {
    const waits = [
      nextAttempt({ attempts: 2, discardReason: null, endedAt: END }),
      nextAttempt({ attempts: 2, discardReason: 'cancelled', endedAt: END }),
      nextAttempt({ attempts: 2, discardReason: 'cancelled', endedAt: END + 1 }),
    ].map(({ wait }) => wait);
    expect(new Set(waits).size).toBe(3);
    for (const wait of waits) expect(wait > 0 && wait < 2 ** 31).toBe(true);
  });
});
