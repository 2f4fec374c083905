import { describe, expect, it } from '@jest/globals';
import type { ReceivedRecord } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { GatheredRecords, type GatherOptions } from './gathered-records.js';
import type { HistoryRecord } from './history-record.js';

const NEVER_MS = 3_600_000;

function gathering(options: Partial<GatherOptions> = {}, store: (batch: readonly HistoryRecord[]) => Promise<void> = async () => {}) {
  const batches: number[] = [];
  const gathered = new GatheredRecords(
    (batch) => {
      batches.push(batch.length);
      return store(batch);
    },
    { records: 10, bytes: 1_000_000, atOnce: 2, pauseMs: NEVER_MS, few: 5, failed: () => undefined, ...options },
  );
  return { batches, add: (count = 1) => Promise.all(Array.from({ length: count }, () => gathered.add('endpointHealth', aRecord()))) };
}

// A webhook that is no more: the shortest record of the history.
const aRecord = (): ReceivedRecord => ({
  topic: 'hookstream.endpoint-health',
  partition: 0,
  offset: '0',
  key: Buffer.from('wh_1'),
  value: null,
  headers: {},
  timestamp: 1,
});

describe('records on their way into the history', () => {
  it('are stored at once while nothing was stored just before', async () => {
    const { add, batches } = gathering();
    expect(await add()).toEqual([{ kind: 'done' }]);
    expect(batches).toEqual([1]);
  });

  it('wait for others when few come soon after, and then go together', async () => {
    const { add, batches } = gathering({ pauseMs: 30 });
    await add();
    const soon = [add()];
    await new Promise((resolve) => setImmediate(resolve));
    soon.push(add());
    await Promise.all(soon);
    expect(batches).toEqual([1, 2]);
  });

  it('do not wait when they are more than a few', async () => {
    const { add, batches } = gathering();
    await add();
    await add(5);
    expect(batches).toEqual([1, 5]);
  });

  it('are no more than a transaction may have', async () => {
    const { add, batches } = gathering({ records: 4, few: 1 });
    await add(9);
    expect(batches).toEqual([4, 4, 1]);
  });

  it('fill a second transaction while the first is under way, and never a third', async () => {
    const ends: (() => void)[] = [];
    const { add, batches } = gathering({ records: 2, few: 1 }, () => new Promise((resolve) => ends.push(resolve)));
    const all = add(6);
    await eventually(() => ends.length === 2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([2, 2]);
    ends.forEach((end) => end());
    await eventually(() => ends.length === 3);
    ends[2]!();
    await all;
  });

  it('fail alone when their own values are at fault', async () => {
    let first = true;
    const { add, batches } = gathering({ few: 1 }, (batch) => {
      const fault = batch.length > 1 || first;
      if (batch.length === 1) first = false;
      return fault ? Promise.reject(Object.assign(new Error('no such value'), { code: '22001' })) : Promise.resolve();
    });
    const settled = await Promise.allSettled([add(), add(), add()]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(batches).toEqual([3, 2, 1, 1, 1]);
  });

  it('come again later when the database is at fault', async () => {
    const failed: unknown[] = [];
    const { add } = gathering({ failed: (error) => failed.push(error) }, () =>
      Promise.reject(Object.assign(new Error('gone'), { code: '57P01' })),
    );
    expect(await add(2)).toEqual([expect.objectContaining({ kind: 'retryLater' }), expect.objectContaining({ kind: 'retryLater' })]);
    expect(failed).toHaveLength(1);
  });
});
