import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { headerText, type ReceivedRecord } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { DONE, retryLater, type BatchContext, type RecordOutcome } from './handler.js';
import { aRecord, textOf } from './testing-support/a-record.js';
import { ChildMember } from './testing-support/child-member.js';
import { KafkaBench } from './testing-support/kafka-bench.js';

describe('members of one group', () => {
  let bench: KafkaBench;
  beforeEach(() => {
    bench = new KafkaBench();
  });
  afterEach(() => bench.close());

  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => aRecord(`key-${(from + i) % 40}`, `${from + i}`));
  const total = async (groupId: string, topic: string) => (await bench.committed(groupId, topic)).reduce((sum, offset) => sum + offset, 0);

  it('handle every record once while a second one comes and the first one goes, and never commit backwards', async () => {
    const topic = await bench.topic(4);
    const groupId = bench.name('group');
    const handed: string[] = [];
    const handle = (records: readonly ReceivedRecord[]) =>
      records.map(async (record): Promise<RecordOutcome> => {
        handed.push(textOf(record));
        await new Promise((resolve) => setTimeout(resolve, Number(record.offset) % 7));
        return DONE;
      });
    const watermarks: number[][] = [];
    const observe = async (): Promise<boolean> => watermarks.push(await bench.committed(groupId, topic)) > 0;

    const first = bench.run(topic, handle, { groupId });
    await bench.publishAll(topic, numbered(0, 1_000));
    await eventually(observe);
    const second = bench.run(topic, handle, { groupId }, bench.connect());
    await bench.publishAll(topic, numbered(1_000, 2_000));
    await eventually(async () => (await observe()) && second.health().ready);
    await bench.publishAll(topic, numbered(2_000, 3_000));
    await first.close();
    await bench.publishAll(topic, numbered(3_000, 4_000));
    await eventually(async () => (await observe()) && (await total(groupId, topic)) === 4_000);

    expect(new Set(handed).size).toBe(4_000);
    expect(handed).toHaveLength(4_000);
    for (const partition of [0, 1, 2, 3])
      expect(watermarks.map((offsets) => offsets[partition]!)).toEqual(
        watermarks.map((offsets) => offsets[partition]!).toSorted((a, b) => a - b),
      );
  });

  it('keep what is in flight on partitions that stay, and lose it on those that go when it does not end in time', async () => {
    const topic = await bench.topic(4);
    const groupId = bench.name('group');
    const handed: { by: string; partition: number; context: BatchContext; finish: () => void }[] = [];
    const handle = (by: string) => (records: readonly ReceivedRecord[], context: BatchContext) =>
      records.map(
        (record) =>
          new Promise<RecordOutcome>((resolve) => handed.push({ by, partition: record.partition, context, finish: () => resolve(DONE) })),
      );
    const by = (name: string) => handed.filter((one) => one.by === name);
    const keys = [0, 1, 2, 3].map((partition) =>
      Array.from({ length: 100 }, (_, i) => `${i}`).find((key) => bench.partitionOf(key, 4) === partition)!,
    );

    // One by one: of a request to several partitions of a topic this new, a part may be refused and the whole sent again.
    for (const key of keys) await bench.publishAll(topic, [aRecord(key, 'slow')]);
    bench.run(topic, handle('first'), { groupId, rebalanceDrainMs: 200 });
    await eventually(() => by('first').length === 4);
    bench.run(topic, handle('second'), { groupId }, bench.connect());
    await eventually(() => by('second').length === 2);

    const moved = new Set(by('second').map(({ partition }) => partition));
    const lost = by('first').filter(({ partition }) => moved.has(partition));
    const kept = by('first').filter(({ partition }) => !moved.has(partition));
    expect(lost.map(({ context }) => [context.lost(), context.signal.aborted])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(kept.map(({ context }) => [context.lost(), context.signal.aborted])).toEqual([
      [false, false],
      [false, false],
    ]);
    for (const { finish } of [...lost, ...kept]) finish();
    // -1 is Kafka's word for an offset that was never committed.
    const expected = [0, 1, 2, 3].map((partition) => (moved.has(partition) ? -1 : 1));
    await eventually(async () => expect(await bench.committed(groupId, topic)).toEqual(expected) === undefined);
    for (const { finish } of by('second')) finish();
    await eventually(async () => (await total(groupId, topic)) === 4);
    expect(handed).toHaveLength(6);
  });

  it('drain before a rebalance: work that ends in time is committed and not done again', async () => {
    const topic = await bench.topic(2);
    const groupId = bench.name('group');
    const finishing: (() => void)[] = [];
    let handed = 0;
    const handle = (records: readonly ReceivedRecord[]) =>
      records.map(() => (handed++, new Promise<RecordOutcome>((resolve) => finishing.push(() => resolve(DONE)))));
    await bench.publishAll(topic, numbered(0, 20));
    bench.run(topic, handle, { groupId, rebalanceDrainMs: 10_000 });
    await eventually(() => handed === 20);
    const second = bench.run(topic, handle, { groupId }, bench.connect());
    await eventually(() => bench.lines.some(({ event }) => event === 'consumer.draining'));
    for (const finish of finishing) finish();
    await eventually(() => second.health().ready);
    await eventually(async () => (await total(groupId, topic)) === 20);
    expect(handed).toBe(20);
  });

  it('let go before a rebalance of what has not begun: nobody waits for it, and who has the partition next does it', async () => {
    const topic = await bench.topic(2);
    const groupId = bench.name('group');
    const handed: string[] = [];
    const done: string[] = [];
    const hold = (records: readonly ReceivedRecord[], { draining }: BatchContext) =>
      records.map((record) => {
        handed.push(textOf(record));
        return new Promise<RecordOutcome>((resolve) => draining.addEventListener('abort', () => resolve(retryLater(0))));
      });
    await bench.publishAll(topic, numbered(0, 20));
    bench.run(topic, hold, { groupId, rebalanceDrainMs: 30_000 });
    await eventually(() => handed.length === 20);
    const second = bench.run(topic, (records) => records.map((record) => (done.push(textOf(record)), DONE)), { groupId }, bench.connect());
    // Sooner by far than the drain may take.
    await eventually(() => second.health().ready && done.length > 0 && handed.length + done.length === 40, { timeoutMs: 15_000 });
    expect(new Set([...handed.slice(20), ...done]).size).toBe(20);
  });

  it('resume what a killed one had not finished', async () => {
    const [topic, copies] = [await bench.topic(2), await bench.topic(2)];
    const groupId = bench.name('group');
    const start = () => {
      const child = new ChildMember(bench.brokers, groupId, topic, copies);
      bench.onClose(() => child.end());
      return child;
    };
    const copied = async () => (await bench.read(copies)).map(textOf);
    const child = start();
    const published = bench.publishAll(topic, numbered(0, 20_000));
    await eventually(async () => (await copied()).length > 500);
    child.signal('SIGKILL');
    await published;
    expect(await total(groupId, topic)).toBeLessThan(20_000);
    start();
    await eventually(async () => (await total(groupId, topic)) === 20_000, { timeoutMs: 40_000 });
    const all = await copied();
    expect(new Set(all).size).toBe(20_000);
    // At most what two partitions' windows of 500 held, and as many that were finished and about to be committed.
    expect(all.length - 20_000).toBeLessThanOrEqual(2_000);
  });

  it('fence one that was frozen: its late work has no effect and moves no offset', async () => {
    const [topic, copies] = [await bench.topic(), await bench.topic()];
    const groupId = bench.name('group');
    const frozen = new ChildMember(bench.brokers, groupId, topic, copies);
    bench.onClose(() => frozen.end());
    await bench.publishAll(topic, [aRecord('a', '1'), aRecord('a', 'wait'), aRecord('a', '2')]);
    await eventually(() => frozen.said.includes('waiting'), { timeoutMs: 30_000 });
    frozen.signal('SIGSTOP');
    // Read first of all when it goes on, before any heartbeat can tell that the partition is gone.
    frozen.release();
    const handle = async (record: ReceivedRecord): Promise<RecordOutcome> => {
      await bench.connection.publisher.publish(copies, { ...record, headers: { by: 'other' } });
      return DONE;
    };
    bench.run(topic, (records) => records.map(handle), { groupId });
    await eventually(async () => (await total(groupId, topic)) === 3, { timeoutMs: 40_000 });
    frozen.signal('SIGCONT');
    await eventually(() => frozen.said.includes('lost'));
    await bench.publishAll(topic, [aRecord('b', '3')]);
    await eventually(async () => (await total(groupId, topic)) === 4, { timeoutMs: 40_000 });
    const waited = (await bench.read(copies)).filter((record) => textOf(record) === 'wait');
    expect(waited.map((record) => headerText(record.headers, 'by'))).toEqual(['other']);
  });
});
