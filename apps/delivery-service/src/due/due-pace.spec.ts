import { describe, expect, it } from '@jest/globals';
import { Clock } from '#libs/kernel';
import { DuePace } from './due-pace.js';
import { comesAt, slowStart, steady } from './slow-start.js';

class FakeClock extends Clock {
  time = 1_000_000;
  override now(): number {
    return this.time;
  }
}

function admitted(pace: DuePace, webhookId: string, tries: number): number {
  return Array.from({ length: tries }, () => pace.admit(webhookId)).filter(Boolean).length;
}

describe('DuePace', () => {
  it('lets each webhook have its own room, and all together theirs', () => {
    const clock = new FakeClock();
    const pace = new DuePace(clock, { perSecond: 400, perWebhook: 50 });
    expect(pace.room()).toBe(100);
    expect([admitted(pace, 'a', 80), admitted(pace, 'b', 80)]).toEqual([50, 50]);
    expect(pace.room()).toBe(0);
    clock.time += 100;
    expect(pace.room()).toBe(40);
    expect(admitted(pace, 'a', 80)).toBe(5);
    clock.time += 60_000;
    expect([pace.room(), admitted(pace, 'a', 80)]).toEqual([100, 50]);
  });

  it('halves what a webhook gets that turns deliveries away, once a second, and gives it back with time', () => {
    const clock = new FakeClock();
    const pace = new DuePace(clock, { perSecond: 1000, perWebhook: 64 });
    for (let i = 0; i < 100; i++) pace.pushedBack('a');
    expect(pace.curveOf('a').perSecond).toBe(32);
    for (let second = 0; second < 20; second++) {
      clock.time += 1000;
      pace.pushedBack('a');
    }
    expect(pace.curveOf('a').perSecond).toBe(1);
    clock.time += 21_000;
    expect(pace.curveOf('a').perSecond).toBeCloseTo(4);
    clock.time += 600_000;
    expect(pace.curveOf('a').perSecond).toBe(64);
    expect(pace.curveOf('b').perSecond).toBe(64);
  });
});

describe('a curve', () => {
  const rate = (curve: ReturnType<typeof slowStart>, n: number) => 1 / (comesAt(curve, n + 1) - comesAt(curve, n));

  it.each([0.5, 1, 3, 32, 1000])('rises steadily to %d a second and no further', (perSecond) => {
    const curve = slowStart(perSecond);
    const numbers = Array.from({ length: Math.ceil(perSecond * 60) - 1 }, (_, i) => i + 1);
    expect(numbers.filter((n) => comesAt(curve, n) <= (n > 1 ? comesAt(curve, n - 1) : 0))).toEqual([]);
    expect(Math.max(...numbers.map((n) => rate(curve, n)))).toBeLessThanOrEqual(perSecond * 1.001);
    expect(rate(curve, Math.ceil(perSecond * 60))).toBeCloseTo(perSecond, 3);
  });

  it('that is steady begins where it is told to', () => {
    expect([1, 2, 10].map((n) => comesAt(steady(10, 1), n))).toEqual([1.1, 1.2, 2]);
  });
});
