import { describe, expect, it } from '@jest/globals';
import type { ReceivedRecord } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { DONE, deadLetter, retryLater, skip, type BatchContext, type RecordOutcome } from './handler.js';
import { Lease } from './lease.js';
import { PartitionWorker } from './partition-worker.js';
import type { Dispatch, WorkerHost } from './worker-host.js';

const record = (offset: number, bytes = 1): { record: ReceivedRecord; bytes: number } => ({
  record: { topic: 't', partition: 0, offset: String(offset), timestamp: 0, key: null, value: Buffer.alloc(bytes), headers: {} },
  bytes,
});
const records = (from: number, to: number, bytes = 1) => Array.from({ length: to - from }, (_, i) => record(from + i, bytes));

/** A worker whose handler leaves every record open until the test answers it. */
class Bench {
  readonly calls: number[][] = [];
  readonly answer = new Map<number, (outcome: RecordOutcome | Error) => void>();
  readonly letters: string[] = [];
  readonly counted: string[] = [];
  readonly gaveUp: PartitionWorker[] = [];
  now = 0;
  holding = false;
  readonly lease = new Lease(1_000, () => this.now);
  context!: BatchContext;
  readonly worker: PartitionWorker;

  constructor(change: Partial<WorkerHost<PartitionWorker>> = {}) {
    this.lease.renew(0);
    this.lease.settle();
    const dispatch: Dispatch = (batch, context) => {
      this.context = context;
      this.calls.push(batch.map(({ offset }) => Number(offset)));
      return batch.map(
        ({ offset }) =>
          new Promise((resolve, reject) =>
            this.answer.set(Number(offset), (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome))),
          ),
      );
    };
    this.worker = new PartitionWorker('t', 0, 0, {
      dispatch,
      window: { records: 8, bytes: 1_000, span: 100 },
      retry: { tries: 3, firstDelayMs: 0, mostDelayMs: 1 },
      lease: this.lease,
      log: () => undefined,
      deadLetter: (one, reason) => (this.letters.push(`${one.offset}:${reason}`), Promise.resolve()),
      holding: () => this.holding,
      progressed: (worker) => void setImmediate(() => worker.pump()),
      gaveUp: (worker) => void this.gaveUp.push(worker),
      counted: (outcome) => void this.counted.push(outcome),
      ...change,
    });
  }

  async answerAll(outcome: RecordOutcome): Promise<void> {
    for (const answer of this.answer.values()) answer(outcome);
    this.answer.clear();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('PartitionWorker', () => {
  it('hands in a fetch at once, no more than the window holds, and goes on in parts of it', async () => {
    const bench = new Bench();
    bench.worker.receive(records(0, 20), 20, 20);
    expect(bench.calls).toEqual([[0, 1, 2, 3, 4, 5, 6, 7]]);
    bench.answer.get(3)!(DONE);
    await new Promise((resolve) => setImmediate(resolve));
    expect(bench.calls).toHaveLength(1);
    for (const offset of [0, 7]) bench.answer.get(offset)!(DONE);
    await eventually(() => bench.calls.length === 2);
    expect(bench.calls[1]).toEqual([8, 9, 10]);
    expect([bench.worker.window.watermark, bench.worker.lag]).toEqual([1, 19]);
  });

  it('counts bytes too, and lets one record larger than the whole window pass alone', async () => {
    const bench = new Bench();
    bench.worker.receive([record(0, 5_000), record(1, 600), record(2, 600)], 3, 3);
    expect(bench.calls).toEqual([[0]]);
    await bench.answerAll(DONE);
    await eventually(() => bench.calls.length === 2);
    expect(bench.calls[1]).toEqual([1]);
  });

  it('finishes what is done, skipped or in the dead letters', async () => {
    const bench = new Bench();
    bench.worker.receive(records(0, 3), 3, 3);
    bench.answer.get(0)!(DONE);
    bench.answer.get(1)!(skip('UNKNOWN_TYPE'));
    bench.answer.get(2)!(deadLetter('JSON_INVALID'));
    await eventually(() => bench.worker.window.watermark === 3);
    expect(bench.letters).toEqual(['2:JSON_INVALID']);
    expect(bench.counted.toSorted()).toEqual(['deadLetter', 'done', 'skip:UNKNOWN_TYPE']);
  });

  it('does not finish a dead letter before it is written', async () => {
    let written!: () => void;
    const bench = new Bench({ deadLetter: () => new Promise((resolve) => (written = resolve)) });
    bench.worker.receive(records(0, 1), 1, 1);
    await bench.answerAll(deadLetter('JSON_INVALID'));
    expect([bench.worker.window.watermark, bench.worker.running]).toEqual([0, 1]);
    written();
    await eventually(() => bench.worker.window.watermark === 1);
  });

  it('begins nothing while the publisher is congested, the lease is not held or the worker drains', () => {
    const bench = new Bench();
    bench.holding = true;
    bench.worker.receive(records(0, 2), 2, 2);
    bench.holding = false;
    bench.now = 1_000;
    bench.worker.pump();
    bench.lease.renew(1_000);
    void bench.worker.drain();
    bench.worker.pump();
    expect(bench.calls).toEqual([]);
    bench.worker.resume();
    expect(bench.calls).toEqual([[0, 1]]);
  });

  it('asks for what has not begun to be let go while it drains, and begins it again when the partition stays', async () => {
    const bench = new Bench();
    bench.worker.receive(records(0, 2), 2, 2);
    const { draining } = bench.context;
    draining.addEventListener('abort', () => bench.answer.get(1)!(retryLater(0)));
    const drained = bench.worker.drain();
    bench.answer.get(0)!(DONE);
    await drained;
    expect([bench.worker.window.watermark, bench.context.draining.aborted, bench.calls]).toEqual([1, true, [[0, 1]]]);
    bench.worker.resume();
    expect(bench.context.draining.aborted).toBe(false);
    await eventually(() => bench.calls.length === 2);
    expect(bench.calls[1]).toEqual([1]);
  });

  it('is drained once nothing runs, although records are held for later', async () => {
    const bench = new Bench();
    bench.worker.receive(records(0, 2), 2, 2);
    let drained = false;
    void bench.worker.drain().then(() => (drained = true));
    bench.answer.get(0)!(retryLater(Date.now() + 60_000));
    await new Promise((resolve) => setImmediate(resolve));
    expect(drained).toBe(false);
    bench.answer.get(1)!(DONE);
    await eventually(() => drained);
    expect(bench.worker.window.watermark).toBe(0);
    bench.worker.close();
  });

  it('drops results that come after the partition was given up', async () => {
    const bench = new Bench();
    bench.worker.receive(records(0, 3), 3, 3);
    bench.worker.close();
    expect(bench.context.signal.aborted).toBe(true);
    bench.answer.get(0)!(DONE);
    bench.answer.get(1)!(deadLetter('JSON_INVALID'));
    bench.answer.get(2)!(new Error('late'));
    await eventually(() => bench.worker.running === 0);
    expect([bench.worker.window.watermark, bench.letters, bench.counted]).toEqual([0, [], []]);
  });

  it('stays lost once a handler was told so, whatever the lease does later', async () => {
    const bench = new Bench();
    bench.worker.receive(records(0, 1), 1, 1);
    expect(bench.context.lost()).toBe(false);
    bench.now = 5_000;
    expect(bench.context.lost()).toBe(true);
    expect(bench.gaveUp).toEqual([bench.worker]);
    bench.lease.renew(5_000);
    expect(bench.context.lost()).toBe(true);
    await bench.answerAll(DONE);
    expect(bench.worker.window.watermark).toBe(0);
  });

  it('keeps its results when the lease came back before anybody was told', async () => {
    const bench = new Bench();
    bench.worker.receive(records(0, 1), 1, 1);
    bench.now = 5_000;
    bench.lease.renew(5_000);
    await bench.answerAll(DONE);
    expect([bench.context.lost(), bench.worker.window.watermark]).toEqual([false, 1]);
  });

  it.each<[string, Dispatch]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['returns too few outcomes', () => []],
    ['returns no list', () => undefined as never],
    ['returns no outcome', (batch) => batch.map(() => undefined as never)],
    ['returns an unknown outcome', (batch) => batch.map(() => ({ kind: 'ack' }) as never)],
  ])('gives each record up by itself when the handler %s', async (_how, dispatch) => {
    const bench = new Bench({ dispatch });
    bench.worker.receive(records(0, 3), 3, 3);
    await eventually(() => bench.worker.window.watermark === 3);
    expect(bench.letters.toSorted()).toEqual(['0:HANDLER_FAILED', '1:HANDLER_FAILED', '2:HANDLER_FAILED']);
  });

  it('wants no more once a slow record lies too far behind, until it is finished', async () => {
    const bench = new Bench();
    for (let from = 0; from < 100; from += 4) {
      bench.worker.receive(records(from, from + 4), from + 4, 100);
      for (const [offset, answer] of bench.answer) if (offset > 0) answer(DONE);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect([bench.worker.window.records, bench.worker.full, bench.worker.relieved]).toEqual([1, true, false]);
    await bench.answerAll(DONE);
    expect([bench.worker.full, bench.worker.relieved]).toEqual([false, true]);
  });

  it('takes in no record twice', () => {
    const bench = new Bench();
    bench.worker.receive(records(0, 3), 3, 5);
    bench.worker.receive(records(1, 5), 5, 5);
    expect(bench.calls).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });
});
