import { describe, expect, it } from '@jest/globals';
import type { RetryScheduledV1 } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import '#libs/persistence';
import { aDeliveryRequest } from '#libs/testing';
import { DueWriter } from './due-writer.js';

const aRetry = (deliveryId: string): RetryScheduledV1 => ({
  delivery: aDeliveryRequest({ deliveryId }),
  dueAt: '2026-11-20T10:00:00.000Z',
  cause: 'failed',
});
const ids = (retries: readonly RetryScheduledV1[]) => retries.map(({ delivery }) => delivery.deliveryId);

describe('DueWriter', () => {
  it('writes what comes together, or while it writes, at once', async () => {
    const writes: string[][] = [];
    const release = new Map<number, () => void>();
    const writer = new DueWriter((retries) => {
      writes.push(ids(retries));
      return new Promise((resolve) => release.set(writes.length, resolve));
    });
    const first = [writer.write(aRetry('a')), writer.write(aRetry('b'))];
    await new Promise((resolve) => setImmediate(resolve));
    const second = [writer.write(aRetry('c')), writer.write(aRetry('d'))];
    release.get(1)!();
    await Promise.all(first);
    await new Promise((resolve) => setImmediate(resolve));
    release.get(2)!();
    await Promise.all(second);
    expect(writes).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('fails only the one that cannot be stored', async () => {
    const stored: string[] = [];
    const writer = new DueWriter(async (retries) => {
      if (ids(retries).includes('d')) throw new Error('invalid byte sequence');
      stored.push(...ids(retries));
    });
    const results = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((id) => writer.write(aRetry(id))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(stored.sort()).toEqual(['a', 'b', 'c', 'e']);
  });

  it('fails all at once while the database is away', async () => {
    let writes = 0;
    const writer = new DueWriter(async () => {
      writes++;
      throw new AppError('DATABASE_UNAVAILABLE', 'away');
    });
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((id) => writer.write(aRetry(id))));
    expect(results.every((result) => result.status === 'rejected' && (result.reason as AppError).retryable)).toBe(true);
    expect(writes).toBe(1);
  });
});
