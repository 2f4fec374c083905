import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { ContractViolation, cloudEventHeaders, type ReceivedRecord, type WireRecord } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { CompactedView, type CompactedViewOptions } from './compacted-view.js';
import type { Change } from './version-index.js';
import { KafkaBench } from './testing-support/kafka-bench.js';

interface State {
  readonly version: number;
  readonly name: string;
}

describe('CompactedView on a broker', () => {
  let bench: KafkaBench;
  beforeEach(() => {
    bench = new KafkaBench();
  });
  afterEach(() => bench.close());

  const COMPACT = { 'cleanup.policy': 'compact' };
  const headers = (id: string, version: number) =>
    cloudEventHeaders({ id: `${id}:${version}`, source: 's', type: 't', time: '2026-01-01T00:00:00Z' });
  const state = (id: string, version: number, name = `${id}${version}`): WireRecord => ({
    key: id,
    value: Buffer.from(JSON.stringify({ version, name })),
    headers: headers(id, version),
  });
  const tombstone = (id: string, version: number): WireRecord => ({ key: id, value: null, headers: headers(id, version) });
  const decode = (record: ReceivedRecord): State => {
    const text = record.value!.toString();
    if (!text.startsWith('{')) throw new ContractViolation('JSON_INVALID', 'not JSON');
    return JSON.parse(text) as State;
  };
  const view = (topic: string, options: Partial<CompactedViewOptions<State>> = {}): CompactedView<State> => {
    const made = new CompactedView<State>(bench.connection, {
      topic,
      decode,
      idOf: ({ key }) => String(key),
      versionOf: ({ version }) => version,
      ...options,
    });
    bench.onClose(() => made.stop());
    return made;
  };

  it('has read every partition to its end before it is ready', async () => {
    const topic = await bench.topic(4, COMPACT);
    const ids = Array.from({ length: 3_000 }, (_, i) => `wh-${i}`);
    await bench.publishAll(
      topic,
      ids.flatMap((id) => [state(id, 1), state(id, 2)]),
    );
    const loaded = view(topic);
    expect([loaded.ready, loaded.health().ready]).toEqual([false, false]);
    await loaded.start();
    expect([loaded.ready, loaded.size]).toEqual([true, 3_000]);
    expect(ids.every((id) => loaded.get(id)?.version === 2)).toBe(true);
  });

  it('is ready at once on a topic without records, and sees what comes later', async () => {
    const topic = await bench.topic(3, COMPACT);
    const changes: Change<State>[] = [];
    const empty = view(topic, { onChange: (change) => changes.push(change) });
    await empty.start();
    expect([...empty.values()]).toEqual([]);
    await bench.publishAll(topic, [state('a', 1), state('a', 2), tombstone('a', 3), state('b', 1)]);
    await eventually(() => changes.length === 4);
    expect(changes.filter(({ id }) => id === 'a').map(({ current, previous }) => [current?.version, previous?.version])).toEqual([
      [1, undefined],
      [2, 1],
      [undefined, 2],
    ]);
    expect([empty.get('a'), empty.get('b')?.name, empty.size]).toEqual([undefined, 'b1', 1]);
  });

  it('is ready when what a partition ended with is gone', async () => {
    const topic = await bench.topic(2, { 'cleanup.policy': 'compact,delete' });
    await bench.publishAll(
      topic,
      Array.from({ length: 20 }, (_, i) => state(`id-${i}`, 1)),
    );
    await bench.connection.withAdmin(async (admin) => {
      const ends = await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: ends.map(({ partition, high }) => ({ partition, offset: high })) });
    });
    const emptied = view(topic);
    await emptied.start();
    expect(emptied.size).toBe(0);
  });

  it('is ready when a partition ends with a tombstone', async () => {
    const topic = await bench.topic(1, COMPACT);
    await bench.publishAll(topic, [state('a', 1), state('b', 1), tombstone('b', 2)]);
    const loaded = view(topic);
    await loaded.start();
    expect([...loaded.values()].map(({ name }) => name)).toEqual(['a1']);
  });

  it('is ready when a partition ends with the markers of transactions', async () => {
    const topic = await bench.topic(1, COMPACT);
    await bench.publishAll(topic, [state('a', 1)]);
    const producer = new kafkajs.Kafka({ brokers: [...bench.brokers], logLevel: kafkajs.logLevel.NOTHING }).producer({
      transactionalId: bench.name('tx'),
      maxInFlightRequests: 1,
      idempotent: true,
    });
    await producer.connect();
    bench.onClose(() => producer.disconnect());
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ key: 'b', value: '{"version":1,"name":"b1"}' }] });
    await transaction.commit();
    const loaded = view(topic);
    await loaded.start();
    expect(loaded.size).toBe(2);
  });

  it('passes over what it cannot decode, and says so', async () => {
    const topic = await bench.topic(1, COMPACT);
    await bench.publishAll(topic, [
      state('a', 1),
      { key: 'x', value: Buffer.from('garbage'), headers: {} },
      { key: 'y', value: Buffer.from('{'), headers: {} },
      state('b', 1),
    ]);
    const loaded = view(topic);
    await loaded.start();
    expect(loaded.size).toBe(2);
    expect(
      bench.lines
        .filter(({ event }) => event === 'view.record-skipped')
        .map(({ level, fields }) => [level, fields['topic'], fields['partition'], fields['offset']]),
    ).toEqual([
      ['error', topic, 0, '1'],
      ['error', topic, 0, '2'],
    ]);
  });

  it('waits for a topic that is not there yet', async () => {
    const topic = bench.name('topic');
    const loaded = view(topic);
    const started = loaded.start();
    await eventually(() => loaded.health().detail.includes('This server does not host this topic-partition'));
    expect(loaded.health()).toMatchObject({ ready: false, live: true });
    await bench.topic(2, COMPACT, topic);
    await started;
    expect(loaded.health().ready).toBe(true);
  });
});
