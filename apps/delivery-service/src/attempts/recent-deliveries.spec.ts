import { describe, expect, it } from '@jest/globals';
import { Clock, composeId } from '#libs/kernel';
import { DONE, skip, type BatchContext } from '#libs/messaging';
import { aDeliveryRequest } from '#libs/testing';
import { RecentDeliveries } from './recent-deliveries.js';

class TestClock extends Clock {
  time = 0;
  override now(): number {
    return this.time;
  }
}

const partition = (): BatchContext => ({ topic: 't', partition: 0, signal: new AbortController().signal, lost: () => false });
const tail = (n: number): Buffer => {
  const bytes = Buffer.alloc(10);
  bytes.writeUInt32BE(n);
  return bytes;
};
const request = (n = 1, attempt = 1) => aDeliveryRequest({ deliveryId: composeId('dlv', 1000, tail(n)), attempt });
const done = async () => DONE;

describe('RecentDeliveries', () => {
  it('does the work of a delivery once, and skips copies while it is under way and after it is done', async () => {
    const recent = new RecentDeliveries(new TestClock());
    const context = partition();
    let finish = (): void => undefined;
    const first = recent.once(request(), context, () => new Promise((resolve) => (finish = () => resolve(DONE))));
    expect(await recent.once(request(), context, done)).toEqual(skip('duplicate'));
    finish();
    expect(await first).toBe(DONE);
    expect(await recent.once(request(), context, done)).toEqual(skip('duplicate'));
  });

  it('knows a copy by the tail of its id, since copies of an event may carry different times', async () => {
    const recent = new RecentDeliveries(new TestClock());
    const context = partition();
    await recent.once(request(), context, done);
    const copy = aDeliveryRequest({ deliveryId: composeId('dlv', 9_999_999, tail(1)) });
    expect(await recent.once(copy, context, done)).toEqual(skip('duplicate'));
  });

  it('lets another attempt, another delivery and another owner of the partition pass', async () => {
    const recent = new RecentDeliveries(new TestClock());
    const context = partition();
    await recent.once(request(), context, done);
    expect(await recent.once(request(1, 2), context, done)).toBe(DONE);
    expect(await recent.once(request(2), context, done)).toBe(DONE);
    expect(await recent.once(request(), partition(), done)).toBe(DONE);
  });

  it('forgets what failed or was fenced, so that it can be handed in again', async () => {
    const recent = new RecentDeliveries(new TestClock());
    const context = partition();
    await expect(recent.once(request(), context, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await recent.once(request(), context, async () => skip('fenced'))).toEqual(skip('fenced'));
    expect(await recent.once(request(), context, done)).toBe(DONE);
  });

  it('remembers for ten minutes and not for ever', async () => {
    const clock = new TestClock();
    const recent = new RecentDeliveries(clock);
    const context = partition();
    await recent.once(request(1), context, done);
    for (let minute = 1; minute <= 10; minute++) {
      clock.time = minute * 60_000;
      await recent.once(request(100 + minute), context, done);
      expect(await recent.once(request(1), context, done)).toEqual(skip('duplicate'));
    }
    clock.time = 30 * 60_000;
    await recent.once(request(200), context, done);
    clock.time = 41 * 60_000;
    await recent.once(request(201), context, done);
    expect(await recent.once(request(1), context, done)).toBe(DONE);
  });

  it('forgets the oldest when there are too many', async () => {
    const recent = new RecentDeliveries(new TestClock(), { rememberMs: 600_000, generationSize: 10, generations: 3 });
    const context = partition();
    for (let n = 0; n < 100; n++) await recent.once(request(n), context, done);
    expect(await recent.once(request(99), context, done)).toEqual(skip('duplicate'));
    expect(await recent.once(request(75), context, done)).toEqual(skip('duplicate'));
    expect(await recent.once(request(0), context, done)).toBe(DONE);
  });
});
