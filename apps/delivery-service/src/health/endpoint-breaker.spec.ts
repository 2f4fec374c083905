import { describe, expect, it } from '@jest/globals';
import { EndpointBreaker } from './endpoint-breaker.js';
import { failed, HealthStage } from './testing-support/health-stage.js';
import { openTime, DEFAULT_HEALTH_RULES } from './health-rules.js';

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('EndpointBreaker', () => {
  it('sets no timer, closed, open or half-open', () => {
    // Timers that do not keep the process alive are not listed among its resources, so they are counted as they are made.
    const before = timers();
    const made: unknown[] = [];
    const { setTimeout: timeout, setInterval: interval } = globalThis;
    globalThis.setTimeout = ((...args: unknown[]) => made.push(args)) as never;
    globalThis.setInterval = ((...args: unknown[]) => made.push(args)) as never;
    try {
      const breakers = Array.from({ length: 100 }, () => new EndpointBreaker('closed', 0, 0));
      for (const breaker of breakers) {
        for (let n = 0; n < 5; n++) breaker.attempted(false, 0);
        breaker.halfOpen();
        breaker.attempted(true, 0);
      }
      expect(breakers.every(({ circuit }) => circuit === 'closed')).toBe(true);
    } finally {
      globalThis.setTimeout = timeout;
      globalThis.setInterval = interval;
    }
    expect(made).toEqual([]);
    expect(timers()).toBe(before);
  });

  it('stays open when it is restored as open, until it is told to be tried', () => {
    const breaker = new EndpointBreaker('open', 5, 0);
    expect(breaker.circuit).toBe('open');
    expect(() => breaker.attempted(true, 0)).toThrow('an open circuit takes no results');
    breaker.halfOpen();
    expect(breaker.circuit).toBe('half-open');
  });

  it('changes at the moment of the result', () => {
    const breaker = new EndpointBreaker('open', 5, 0);
    breaker.halfOpen();
    breaker.attempted(false, 0);
    expect(breaker.circuit).toBe('open');
    breaker.halfOpen();
    breaker.attempted(true, 0);
    expect(breaker.circuit).toBe('closed');
  });

  it('is tried only when it is open', () => {
    expect(() => new EndpointBreaker('closed', 0, 0).halfOpen()).toThrow('cannot try a circuit that is closed');
  });
});

describe('the endpoints in memory', () => {
  it('are no more than the bound, closed ones going first, and what went is still known', () => {
    const stage = new HealthStage({ maxTracked: 10 });
    const open = Array.from({ length: 5 }, () => stage.aWebhook());
    for (const webhook of open) for (let n = 0; n < 5; n++) stage.permit(webhook).settle(failed());
    const closed = Array.from({ length: 50 }, () => stage.aWebhook());
    for (const webhook of closed) stage.permit(webhook).settle(failed());
    expect(stage.service.inMemory).toEqual({ closed: 5, open: 5, 'half-open': 0 });
    for (const webhook of closed.slice(0, 1)) for (let n = 0; n < 4; n++) stage.permit(webhook).settle(failed());
    expect(stage.service.circuitOf(closed[0]!.id)).toBe('open');
  });

  it('are dropped once they are well and quiet', () => {
    const stage = new HealthStage().attempt(failed(), { kind: 'succeeded' });
    expect(stage.service.inMemory.closed).toBe(1);
    stage.pass(60_000).attempt({ kind: 'succeeded' });
    expect(stage.service.inMemory.closed).toBe(0);
  });
});

describe('openTime', () => {
  it('never exceeds its maximum, however many openings', () => {
    expect([1, 2, 3, 40, 5000].map((openings) => openTime(openings, DEFAULT_HEALTH_RULES))).toEqual([
      30_000, 60_000, 120_000, 900_000, 900_000,
    ]);
  });
});
