import { describe, expect, it } from '@jest/globals';
import { HEALTHY_EXAMPLE } from './standing.openapi.js';
import { healthWords } from './health-words.js';
import type { WebhookHealth } from './standing.js';

describe('health in words', () => {
  const disabledAfter = (at: string | null): string => {
    const health = { ...HEALTHY_EXAMPLE, state: 'disabled', failingSince: '2026-11-15T08:00:00Z' } as WebhookHealth;
    return healthWords(health, { reason: 'failing', at });
  };

  it.each([
    ['2026-11-15T09:00:00Z', 'Disabled after 1 day of failures'],
    ['2026-11-20T08:00:00Z', 'Disabled after 5 days of failures'],
    ['2026-11-21T07:59:00Z', 'Disabled after 5 days of failures'],
    [null, 'Disabled after failures'],
  ])('counts whole days of failures until %s, and at least one', (at, words) => {
    expect(disabledAfter(at)).toBe(words);
  });
});
