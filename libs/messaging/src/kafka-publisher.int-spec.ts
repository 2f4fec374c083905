import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { publisherConformance } from './publisher.conformance.js';
import { aRecord, textOf } from './testing-support/a-record.js';
import { KafkaBench } from './testing-support/kafka-bench.js';

describe('KafkaPublisher on a broker', () => {
  let bench: KafkaBench;
  beforeEach(() => {
    bench = new KafkaBench();
  });
  afterEach(() => bench.close());

  publisherConformance(async () => {
    const topic = await bench.topic(3, { 'max.message.bytes': '1048576' });
    return { publisher: bench.connection.publisher, topic, tooLarge: Buffer.alloc(1_500_000), read: () => bench.read(topic) };
  });

  it('writes far more bytes at once than the broker takes in one batch', async () => {
    const topic = await bench.topic(1, { 'max.message.bytes': '1048576' });
    const records = Array.from({ length: 60 }, (_, i) => aRecord('k', `${i}`.padEnd(100_000, '.')));
    await bench.publishAll(topic, records);
    expect((await bench.read(topic)).map((record) => parseInt(textOf(record), 10))).toEqual(records.map((_, i) => i));
  });

  it('sends one record larger than its usual batch alone', async () => {
    const topic = await bench.topic(1, { 'max.message.bytes': '8388608' });
    await bench.publishAll(topic, [aRecord('a', '1'), aRecord('a', 'x'.repeat(5_000_000)), aRecord('a', '2')]);
    expect((await bench.read(topic)).map((record) => textOf(record).length)).toEqual([1, 5_000_000, 1]);
  });

  it('refuses only the record that a compacted topic cannot take, for want of a key', async () => {
    const topic = await bench.topic(1, { 'cleanup.policy': 'compact' });
    const { publisher } = bench.connection;
    const results = await Promise.allSettled([
      publisher.publish(topic, aRecord('a', '1')),
      publisher.publish(topic, aRecord(null, '2')),
      publisher.publish(topic, aRecord('b', '3')),
    ]);
    expect(results.map((result) => (result.status === 'rejected' ? (result.reason as { code: string }).code : 'written'))).toEqual([
      'written',
      'RECORD_REFUSED',
      'written',
    ]);
  });

  it('writes what is for other partitions once when one partition refuses its part of a request', async () => {
    const topic = await bench.topic(4, { 'max.message.bytes': '10000' });
    const small = Array.from({ length: 40 }, (_, i) => aRecord(`key-${i}`, `${i}`));
    const large = aRecord('key-0', 'x'.repeat(20_000));
    const { publisher } = bench.connection;
    const results = await Promise.allSettled([large, ...small].map((record) => publisher.publish(topic, record)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', ...small.map(() => 'fulfilled')]);
    const values = (await bench.read(topic)).map((record) => Number(textOf(record)));
    expect(values.toSorted((a, b) => a - b)).toEqual(small.map((_, i) => i));
  });

  it('holds up no other topic while one does not accept records, and writes to that one as soon as it does', async () => {
    const [topic, missing] = [await bench.topic(), bench.name('topic')];
    const { publisher } = bench.connection;
    const waiting = publisher.publish(missing, aRecord('a', '1'));
    await publisher.publish(topic, aRecord('a', '1'));
    await eventually(() => !publisher.health().ready);
    expect(publisher.health().detail).toContain(missing);
    await bench.topic(1, {}, missing);
    await waiting;
    expect(publisher.health().ready).toBe(true);
    expect(publisher.backlog()).toEqual({ records: 0, bytes: 0 });
  });

  it('answers BROKER_UNAVAILABLE at the deadline that a caller gives', async () => {
    const started = Date.now();
    await expect(bench.connection.publisher.publish(bench.name('topic'), aRecord('a', '1'), { deadlineMs: 300 })).rejects.toMatchObject({
      code: 'BROKER_UNAVAILABLE',
    });
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('refuses at once what would make too much wait', async () => {
    const { publisher } = bench.connect({ mostBytes: 1_000 });
    const missing = bench.name('topic');
    const waiting = publisher.publish(missing, aRecord('a', 'x'.repeat(2_000)));
    await expect(publisher.publish(missing, aRecord('a', '2'))).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await bench.topic(1, {}, missing);
    await waiting;
  });
});
