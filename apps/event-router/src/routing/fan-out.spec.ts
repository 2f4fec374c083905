import { describe, expect, it } from '@jest/globals';
import { AppError } from '#libs/kernel';
import { Publisher } from '#libs/messaging';
import { anEvent } from '#libs/testing';
import { FanOut } from './fan-out.js';

const MIB = 1_048_576;

/** Holds every record until it is told to acknowledge it. */
class SlowPublisher extends Publisher {
  readonly waiting: { bytes: number; acknowledge: () => void; fail: (error: Error) => void }[] = [];
  total = 0;
  most = 0;

  override publish(_topic: string, record: { value: Buffer | null }): Promise<void> {
    this.total++;
    return new Promise((acknowledge, fail) => {
      this.waiting.push({ bytes: record.value!.length, acknowledge, fail });
      const held = this.waiting.reduce((sum, { bytes }) => sum + bytes, 0);
      this.most = Math.max(this.most, held);
    });
  }

  /** Acknowledges what waits, and what comes after it, until `work` is done. */
  async acknowledgeUntil(work: Promise<unknown>): Promise<void> {
    let done = false;
    void work.finally(() => (done = true));
    while (!done) {
      for (const { acknowledge } of this.waiting.splice(0)) acknowledge();
      await turn();
    }
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const webhookIds = (count: number) => ({ webhookIds: Array.from({ length: count }, (_, i) => `wh_${i}`) });
const REQUESTED_AT = '2026-11-20T12:00:00.000Z';

describe('FanOut', () => {
  it('keeps a few megabytes under way when twenty large events have 5,000 webhooks each', async () => {
    const publisher = new SlowPublisher();
    const fanOut = new FanOut(publisher, 'deliveries');
    const data = Buffer.from(JSON.stringify('x'.repeat(100_000)));
    const events = Array.from({ length: 20 }, () => fanOut.publish(anEvent({ data }), webhookIds(5_000), REQUESTED_AT, () => false));
    await publisher.acknowledgeUntil(Promise.all(events));
    expect(await Promise.all(events)).toEqual(events.map(() => true));
    expect(publisher.total).toBe(100_000);
    expect(publisher.most).toBeLessThanOrEqual(32 * MIB);
  });

  it('lets an event of one webhook pass an event of 5,000', async () => {
    const publisher = new SlowPublisher();
    const fanOut = new FanOut(publisher, 'deliveries');
    const flood = fanOut.publish(anEvent(), webhookIds(5_000), REQUESTED_AT, () => false);
    const small = fanOut.publish(anEvent(), webhookIds(1), REQUESTED_AT, () => false);
    await turn();
    expect(publisher.total).toBe(201);
    await publisher.acknowledgeUntil(Promise.all([flood, small]));
  });

  it('is not done before the last acknowledgement, and fails when one is refused', async () => {
    const publisher = new SlowPublisher();
    let outcome: unknown;
    const published = new FanOut(publisher, 'deliveries').publish(anEvent(), webhookIds(3), REQUESTED_AT, () => false);
    const settled = published.catch((error: unknown) => (outcome = error));
    await turn();
    publisher.waiting[0]!.acknowledge();
    publisher.waiting[1]!.fail(new AppError('BROKER_UNAVAILABLE', 'no answer'));
    await turn();
    expect(outcome).toBeUndefined(); // the third one is still under way
    publisher.waiting[2]!.acknowledge();
    await settled;
    expect(outcome).toMatchObject({ code: 'BROKER_UNAVAILABLE' });
  });

  it('stops between two chunks when the partition is lost', async () => {
    const publisher = new SlowPublisher();
    const published = new FanOut(publisher, 'deliveries').publish(anEvent(), webhookIds(1_000), REQUESTED_AT, () => publisher.total > 0);
    await publisher.acknowledgeUntil(published);
    expect(await published).toBe(false);
    expect(publisher.total).toBe(200);
  });
});
