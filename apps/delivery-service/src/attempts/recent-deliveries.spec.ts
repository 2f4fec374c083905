import { describe, expect, it } from '@jest/globals';
import { Clock, composeId, idTail } from '#libs/kernel';
import { DONE, skip, type BatchContext } from '#libs/messaging';
import { aDeliveryRequest } from '#libs/testing';
import { DeliveryTraces, NO_TRACES, recordKey, type Traces } from './delivery-traces.js';
import { RecentDeliveries } from './recent-deliveries.js';

class TestClock extends Clock {
  time = 0;
  override now(): number {
    return this.time;
  }
}

class FixedTraces extends DeliveryTraces {
  readonly askedFor: number[] = [];
  constructor(private readonly traces: Traces) {
    super();
  }
  override async since(_context: BatchContext, since: number): Promise<Traces> {
    this.askedFor.push(since);
    return this.traces;
  }
}

const noTraces = new FixedTraces(NO_TRACES);
const partition = (): BatchContext => {
  const { signal } = new AbortController();
  return { topic: 't', partition: 0, signal, draining: signal, lost: () => false };
};
const tail = (n: number): Buffer => {
  const bytes = Buffer.alloc(10);
  bytes.writeUInt32BE(n);
  return bytes;
};
const request = (n = 1, attempt = 1) => aDeliveryRequest({ deliveryId: composeId('dlv', 1000, tail(n)), attempt });
const done = async () => DONE;

describe('RecentDeliveries', () => {
  it('does the work of a delivery once, and skips copies while it is under way and after it is done', async () => {
    const recent = new RecentDeliveries(new TestClock(), noTraces);
    const context = partition();
    let finish = (): void => undefined;
    const first = recent.once(request(), 0, context, () => new Promise((resolve) => (finish = () => resolve(DONE))));
    expect(await recent.once(request(), 0, context, done)).toEqual(skip('duplicate'));
    finish();
    expect(await first).toBe(DONE);
    expect(await recent.once(request(), 0, context, done)).toEqual(skip('duplicate'));
  });

  it('knows a copy by the tail of its id, since copies of an event may carry different times', async () => {
    const recent = new RecentDeliveries(new TestClock(), noTraces);
    const context = partition();
    await recent.once(request(), 0, context, done);
    const copy = aDeliveryRequest({ deliveryId: composeId('dlv', 9_999_999, tail(1)) });
    expect(await recent.once(copy, 0, context, done)).toEqual(skip('duplicate'));
  });

  it('lets another attempt, another delivery and another owner of the partition pass', async () => {
    const recent = new RecentDeliveries(new TestClock(), noTraces);
    const context = partition();
    await recent.once(request(), 0, context, done);
    expect(await recent.once(request(1, 2), 0, context, done)).toBe(DONE);
    expect(await recent.once(request(2), 0, context, done)).toBe(DONE);
    expect(await recent.once(request(), 0, partition(), done)).toBe(DONE);
  });

  it('forgets what failed or was fenced, so that it can be handed in again', async () => {
    const recent = new RecentDeliveries(new TestClock(), noTraces);
    const context = partition();
    await expect(recent.once(request(), 0, context, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await recent.once(request(), 0, context, async () => skip('fenced'))).toEqual(skip('fenced'));
    expect(await recent.once(request(), 0, context, done)).toBe(DONE);
  });

  it('remembers for ten minutes and not for ever', async () => {
    const clock = new TestClock();
    const recent = new RecentDeliveries(clock, noTraces);
    const context = partition();
    await recent.once(request(1), 0, context, done);
    for (let minute = 1; minute <= 10; minute++) {
      clock.time = minute * 60_000;
      await recent.once(request(100 + minute), 0, context, done);
      expect(await recent.once(request(1), 0, context, done)).toEqual(skip('duplicate'));
    }
    clock.time = 30 * 60_000;
    await recent.once(request(200), 0, context, done);
    clock.time = 41 * 60_000;
    await recent.once(request(201), 0, context, done);
    expect(await recent.once(request(1), 0, context, done)).toBe(DONE);
  });

  it('forgets the oldest when there are too many', async () => {
    const recent = new RecentDeliveries(new TestClock(), noTraces, { rememberMs: 600_000, generationSize: 10, generations: 3 });
    const context = partition();
    for (let n = 0; n < 100; n++) await recent.once(request(n), 0, context, done);
    expect(await recent.once(request(99), 0, context, done)).toEqual(skip('duplicate'));
    expect(await recent.once(request(75), 0, context, done)).toEqual(skip('duplicate'));
    expect(await recent.once(request(0), 0, context, done)).toBe(DONE);
  });

  it('lets a record pass that has waited in the due table since', async () => {
    const recent = new RecentDeliveries(new TestClock(), noTraces);
    const context = partition();
    await recent.once(request(), 0, context, done);
    expect(await recent.once({ ...request(), wait: 1 }, 0, context, done)).toBe(DONE);
  });
});

describe('RecentDeliveries of a partition that was someone else’s', () => {
  const ended = request(1);
  const handedOver = request(2);
  const attempted = request(3);
  const tailOf = ({ deliveryId }: { deliveryId: string }) => idTail(deliveryId);
  const traces = () =>
    new FixedTraces({
      ended: new Map([[tailOf(ended), 5000]]),
      done: new Set([recordKey(tailOf(handedOver), 1, 0)]),
      attempted: new Map([[`${tailOf(attempted)}.1`, { id: 'att_1' } as never]]),
    });

  it('learns once, from the time of the first record, what was done', async () => {
    const found = traces();
    const recent = new RecentDeliveries(new TestClock(), found);
    const context = partition();
    const outcomes = await Promise.all([
      recent.once(ended, 1234, context, done),
      recent.once(handedOver, 1235, context, done),
      recent.once(request(4), 1236, context, done),
    ]);
    expect(outcomes).toEqual([skip('ended'), skip('duplicate'), DONE]);
    expect(found.askedFor).toEqual([1234]);
  });

  it('does the next record of a delivery that was handed over, and hands over what is known of an attempt', async () => {
    const recent = new RecentDeliveries(new TestClock(), traces());
    const context = partition();
    expect(await recent.once({ ...handedOver, wait: 1 }, 0, context, done)).toBe(DONE);
    let known: unknown;
    await recent.once(attempted, 0, context, async (earlier) => ((known = earlier), DONE));
    expect(known).toEqual({ id: 'att_1' });
  });

  it('takes a redelivery that was asked for after the end as new', async () => {
    const recent = new RecentDeliveries(new TestClock(), traces());
    const again = { ...ended, trigger: 'redelivery' as const };
    expect(await recent.once({ ...again, requestedAt: new Date(4000).toISOString() }, 0, partition(), done)).toEqual(skip('ended'));
    expect(await recent.once({ ...again, requestedAt: new Date(6000).toISOString() }, 0, partition(), done)).toBe(DONE);
  });

  it('does the attempts that follow from a redelivery, and none of an event that was routed again', async () => {
    const recent = new RecentDeliveries(new TestClock(), traces());
    const later = { ...ended, requestedAt: new Date(6000).toISOString() };
    expect(await recent.once({ ...later, trigger: 'retry', attempt: 3, wait: 1_000_001 }, 0, partition(), done)).toBe(DONE);
    expect(await recent.once({ ...later, trigger: 'event' }, 0, partition(), done)).toEqual(skip('ended'));
  });
});
