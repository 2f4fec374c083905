import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { headerText, type ReceivedRecord } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import { eventually } from '#libs/testing';
import { MAX_BATCH_BYTES } from './compression-codecs.js';
import { DONE, deadLetter, retryLater, skip, type RecordOutcome } from './handler.js';
import { aRecord, textOf } from './testing-support/a-record.js';
import { failNextDecompression } from './testing-support/failing-codec.js';
import { KafkaBench } from './testing-support/kafka-bench.js';
import { TEST_MEMBERSHIP } from './testing-support/test-membership.js';

describe('ConsumerRunner on a broker', () => {
  let bench: KafkaBench;
  beforeEach(() => {
    bench = new KafkaBench();
  });
  afterEach(() => bench.close());

  const numbered = (count: number) => Array.from({ length: count }, (_, i) => aRecord(`key-${i}`, `${i}`));
  const isPoison = (record: ReceivedRecord) => textOf(record) === 'poison';

  it('hands each record over once and commits past the last one of every partition', async () => {
    const topic = await bench.topic(2);
    const groupId = bench.name('group');
    const seen: string[] = [];
    await bench.publishAll(topic, numbered(200));
    bench.run(topic, (records) => records.map((record) => (seen.push(textOf(record)), DONE)), { groupId });
    await eventually(async () => (await bench.committed(groupId, topic)).reduce((sum, offset) => sum + offset, 0) === 200);
    expect(seen.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  it('never commits past a record that is not finished, although later ones are', async () => {
    const topic = await bench.topic();
    const groupId = bench.name('group');
    const finished = new Set<string>();
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    const handle = async (record: ReceivedRecord): Promise<RecordOutcome> => {
      if (record.offset === '5') await released;
      finished.add(record.offset);
      return DONE;
    };
    await bench.publishAll(topic, numbered(40));
    bench.run(topic, (records) => records.map(handle), { groupId });
    await eventually(async () => finished.size === 39 && (await bench.committed(groupId, topic))[0] === 5);
    release();
    await eventually(async () => (await bench.committed(groupId, topic))[0] === 40);
  });

  it('writes a poison record to the dead letters as it came, and handles its neighbours', async () => {
    const [topic, letters] = [await bench.topic(), await bench.topic()];
    const groupId = bench.name('group');
    const seen: string[] = [];
    const poison = {
      key: Buffer.from([0, 255, 1]),
      value: Buffer.from('poison'),
      headers: { trace: Buffer.from([7, 0]), twice: ['a', 'b'], ce_id: 'é' },
    };
    await bench.publishAll(topic, [aRecord('a', '1'), poison, aRecord('b', '2')]);
    bench.run(
      topic,
      (records) => records.map((record) => (isPoison(record) ? deadLetter('JSON_INVALID') : (seen.push(textOf(record)), DONE))),
      { groupId, deadLetterTopic: letters },
    );
    await eventually(async () => (await bench.committed(groupId, topic))[0] === 3);
    expect(seen).toEqual(['1', '2']);
    const [letter, ...others] = await bench.read(letters);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ key: poison.key, value: poison.value });
    expect(letter!.headers).toEqual({
      trace: poison.headers.trace,
      twice: [Buffer.from('a'), Buffer.from('b')],
      ce_id: Buffer.from('é'),
      ce_reason: Buffer.from('JSON_INVALID'),
      ce_topic: Buffer.from(topic),
      ce_partition: Buffer.from('0'),
      ce_offset: Buffer.from('1'),
    });
  });

  it('sends only the record that makes its handler throw to the dead letters, after three tries', async () => {
    const [topic, letters] = [await bench.topic(), await bench.topic()];
    const groupId = bench.name('group');
    const finished = new Set<string>();
    let tries = 0;
    await bench.publishAll(topic, [...numbered(10), aRecord('p', 'poison'), ...numbered(10)]);
    const handle = (records: readonly ReceivedRecord[]): RecordOutcome[] => {
      if (records.some(isPoison)) {
        if (records.length === 1) tries++;
        throw new TypeError('cannot read this');
      }
      for (const record of records) finished.add(record.offset);
      return records.map(() => DONE);
    };
    bench.run(topic, handle, { groupId, deadLetterTopic: letters, retry: { firstDelayMs: 5 } });
    await eventually(async () => (await bench.committed(groupId, topic))[0] === 21);
    expect({ tries, finished: finished.size }).toEqual({ tries: 3, finished: 20 });
    expect((await bench.read(letters)).map((letter) => headerText(letter.headers, 'ce_reason'))).toEqual(['HANDLER_FAILED']);
  });

  it('tries a record again for as long as its handler fails with a retryable error', async () => {
    const topic = await bench.topic();
    const groupId = bench.name('group');
    let tries = 0;
    await bench.publishAll(topic, [aRecord('a', '1')]);
    const handle = async (): Promise<RecordOutcome> => {
      if (++tries < 6) throw new AppError('BROKER_UNAVAILABLE', 'not yet');
      return DONE;
    };
    bench.run(topic, (records) => records.map(handle), { groupId, retry: { firstDelayMs: 2 } });
    await eventually(async () => (await bench.committed(groupId, topic))[0] === 1);
    expect(tries).toBe(6);
  });

  it('hands a record in again, alone and not before its time, while others pass it', async () => {
    const topic = await bench.topic();
    const groupId = bench.name('group');
    const at = Date.now() + 600;
    const calls: { size: number; now: number }[] = [];
    const passed = new Set<string>();
    await bench.publishAll(topic, [aRecord('a', 'later'), ...numbered(20)]);
    const handle = (records: readonly ReceivedRecord[]) =>
      records.map((record): RecordOutcome => {
        if (textOf(record) !== 'later') return (passed.add(record.offset), DONE);
        calls.push({ size: records.length, now: Date.now() });
        return calls.length === 1 ? retryLater(at) : skip('enough');
      });
    bench.run(topic, handle, { groupId });
    await eventually(() => passed.size === 20);
    expect(calls).toHaveLength(1);
    await eventually(async () => (await bench.committed(groupId, topic))[0] === 21);
    expect(calls[1]).toMatchObject({ size: 1 });
    expect(calls[1]!.now).toBeGreaterThanOrEqual(at - 1);
  });

  it('fetches no more than the window of a partition, leaves the others running, and goes on when it drains', async () => {
    const topic = await bench.topic(2);
    const groupId = bench.name('group');
    const waiting: (() => void)[] = [];
    const seen = [0, 0];
    const publish = (partition: number) => {
      const key = ['key-0', 'key-1', 'key-2', 'key-3', 'key-4'].find((one) => bench.partitionOf(one, 2) === partition)!;
      return bench.publishAll(
        topic,
        Array.from({ length: 300 }, (_, i) => aRecord(key, `${i}`.padEnd(20_000))),
      );
    };
    await Promise.all([publish(0), publish(1)]);
    const runner = bench.run(
      topic,
      (records) =>
        records.map((record) => {
          seen[record.partition]!++;
          return record.partition === 1 ? DONE : new Promise<RecordOutcome>((resolve) => waiting.push(() => resolve(DONE)));
        }),
      { groupId, window: { records: 20 }, membership: { ...TEST_MEMBERSHIP, fetchBytesPerPartition: 200_000 } },
    );
    await eventually(() => seen[1] === 300 && waiting.length === 20);
    expect(seen[0]).toBe(20);
    expect(runner.health()).toMatchObject({ ready: true, live: true });
    await eventually(() => {
      for (const finish of waiting.splice(0)) finish();
      return seen[0] === 300;
    });
    await eventually(async () => (await bench.committed(groupId, topic)).every((offset) => offset === 300));
  });

  it('begins no new work while the publisher has too much waiting', async () => {
    const topic = await bench.topic();
    const groupId = bench.name('group');
    let handled = 0;
    // A record for a topic that does not exist yet waits, and with this bound is too much.
    const missing = bench.name('topic');
    const connection = bench.connect({ congestedBytes: 1_000 });
    const waiting = connection.publisher.publish(missing, aRecord('a', 'x'.repeat(2_000)));
    const runner = bench.run(topic, (records) => records.map(() => (handled++, DONE)), { groupId }, connection);
    await bench.publishAll(topic, numbered(5));
    await eventually(() => runner.health().detail.includes('lag 5') || runner.health().detail.includes('cannot publish'));
    await eventually(() => bench.lines.some(({ event }) => event === 'consumer.joined'));
    expect(handled).toBe(0);
    await bench.topic(1, {}, missing);
    await waiting;
    await eventually(() => handled === 5);
  });

  it('finishes what runs when it closes, and commits it', async () => {
    const topic = await bench.topic();
    const groupId = bench.name('group');
    const finishing: (() => void)[] = [];
    await bench.publishAll(topic, numbered(10));
    const runner = bench.run(
      topic,
      (records) => records.map(() => new Promise<RecordOutcome>((resolve) => finishing.push(() => resolve(DONE)))),
      { groupId },
    );
    await eventually(() => finishing.length === 10);
    const closed = runner.close();
    for (const finish of finishing) finish();
    await closed;
    expect(await bench.committed(groupId, topic)).toEqual([10]);
  });

  it('goes on with a new member after a crash that kafkajs does not recover from, and works on nothing twice', async () => {
    const topic = await bench.topic();
    const groupId = bench.name('group');
    const handed: string[] = [];
    const finishing: (() => void)[] = [];
    await bench.publishAll(topic, numbered(10));
    const runner = bench.run(
      topic,
      (records) =>
        records.map((record) => {
          handed.push(record.offset);
          return Number(record.offset) < 5 ? DONE : new Promise<RecordOutcome>((resolve) => finishing.push(() => resolve(DONE)));
        }),
      { groupId },
    );
    await eventually(async () => (await bench.committed(groupId, topic))[0] === 5);
    failNextDecompression(Object.assign(new Error('no such codec'), { name: 'KafkaJSNotImplemented' }));
    await bench.produceCompressed(topic, numbered(5));
    await eventually(() => bench.lines.some(({ event }) => event === 'consumer.crashed'));
    await eventually(() => handed.length === 15, { timeoutMs: 30_000 });
    expect(runner.health()).toMatchObject({ ready: true, live: true });
    for (const finish of finishing) finish();
    await eventually(async () => (await bench.committed(groupId, topic))[0] === 15);
    expect(handed).toHaveLength(15);
  });

  it('puts a batch that cannot be decoded into the dead letters and goes on behind it', async () => {
    const [topic, letters, groupId] = [await bench.topic(), await bench.topic(), bench.name('group')];
    const seen: string[] = [];
    await bench.publishAll(topic, [aRecord('a', 'before')]);
    const bomb = aRecord('a', '0'.repeat(MAX_BATCH_BYTES));
    await bench.produceCompressed(topic, [bomb, aRecord('a', 'beside')]);
    await bench.publishAll(topic, [aRecord('a', 'after')]);
    const runner = bench.run(topic, (records) => records.map((record) => (seen.push(textOf(record)), DONE)), {
      groupId,
      deadLetterTopic: letters,
    });
    await eventually(async () => (await bench.committed(groupId, topic))[0] === 4, { timeoutMs: 20_000 });
    expect(seen).toEqual(['before', 'after']);
    const buried = await bench.read(letters);
    const [letter] = buried.map(({ value, headers }) => ({
      reason: headerText(headers, 'ce_reason'),
      from: headerText(headers, 'ce_firstoffset'),
      to: headerText(headers, 'ce_offset'),
      small: value!.length < 200_000,
    }));
    expect([buried.length, letter]).toEqual([1, { reason: 'BATCH_UNDECODABLE', from: '1', to: '2', small: true }]);
    expect(runner.health()).toMatchObject({ ready: true, live: true });
    expect(bench.lines.filter(({ event }) => event === 'consumer.crashed')).toEqual([]);
    // Readers without a group have nobody to tell but the log.
    expect((await bench.read(topic)).map(textOf)).toEqual(['before', 'after']);
    expect(bench.lines.filter(({ event }) => event === 'batch.undecodable').length).toBeGreaterThanOrEqual(1);
  });
});
