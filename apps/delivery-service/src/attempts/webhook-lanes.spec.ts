import { describe, expect, it } from '@jest/globals';
import { WebhookLanes } from './webhook-lanes.js';

const never = () => new Promise<void>(() => undefined);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('WebhookLanes', () => {
  it('lets one webhook have so many attempts under way and another its own', async () => {
    const lanes = new WebhookLanes(2);
    const begun: string[] = [];
    const attempt = (webhook: string) => void lanes.run(webhook, () => (begun.push(webhook), never()));
    for (let i = 0; i < 5; i++) attempt('hanging');
    attempt('healthy');
    await settled();
    expect(begun.sort()).toEqual(['healthy', 'hanging', 'hanging'].sort());
  });

  it('hands a place on in the order of arrival, to failures as to successes, and keeps nothing when idle', async () => {
    const lanes = new WebhookLanes(1);
    const order: number[] = [];
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map((n) =>
        lanes.run('wh', async () => {
          order.push(n);
          if (n === 2) throw new Error('broken');
          return n;
        }),
      ),
    );
    expect(order).toEqual([1, 2, 3, 4]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(lanes.size).toBe(0);
  });
});
