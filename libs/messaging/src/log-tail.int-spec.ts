import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReceivedRecord } from '#libs/contracts';
import { kafkaBrokers, TestKafka, uniqueName } from '#libs/testing';
import { KafkaConnection } from './kafka-connection.js';
import { readTail } from './log-tail.js';

describe('readTail', () => {
  const kafka = new TestKafka();
  const connection = new KafkaConnection({ brokers: kafkaBrokers(), clientId: 'test' }, () => undefined);
  const topic = uniqueName('tail');
  const middle = Date.now() - 60_000;
  beforeAll(async () => {
    await kafka.createTopic(topic, { partitions: 2 });
    const batch = (from: number, time: number) =>
      Array.from({ length: 10 }, (_, i) => ({ key: 'k', value: String(from + i), partition: 1, timestamp: String(time) }));
    await kafka.produce(topic, batch(0, middle - 1));
    await kafka.produce(topic, batch(10, middle));
  });
  afterAll(async () => {
    await connection.close();
    await kafka.close();
  });

  const read = async (changes: { partition?: number; sinceMs?: number; limit?: number }) => {
    const values: (string | undefined)[] = [];
    const tail = await readTail(connection, { topic, partition: 1, sinceMs: 0, limit: 100, ...changes }, ({ value }: ReceivedRecord) =>
      values.push(value?.toString()),
    );
    return { ...tail, values };
  };

  it('hands over everything since a time, in order, and tells how many partitions there are', async () => {
    expect(await read({})).toMatchObject({ partitions: 2, read: 20 });
    expect((await read({ sinceMs: middle })).values).toEqual(Array.from({ length: 10 }, (_, i) => String(10 + i)));
  });

  it('keeps to the newest when there are more than the limit', async () => {
    expect((await read({ limit: 3 })).values).toEqual(['17', '18', '19']);
    expect(await read({ limit: 0 })).toEqual({ partitions: 2, read: 0, values: [] });
  });

  it('finds nothing where nothing is as new, in an empty partition, or in one that does not exist', async () => {
    for (const changes of [{ sinceMs: Date.now() + 60_000 }, { partition: 0 }, { partition: 7 }])
      expect((await read(changes)).read).toBe(0);
  });
});
