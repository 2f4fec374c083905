import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { DONE } from './handler.js';
import { KafkaConnection } from './kafka-connection.js';
import { type GroupLag, LagMeter } from './lag-meter.js';
import { aRecord } from './testing-support/a-record.js';
import { KafkaBench } from './testing-support/kafka-bench.js';

describe('the lag of a consumer group', () => {
  let bench: KafkaBench;
  beforeEach(() => {
    bench = new KafkaBench();
  });
  afterEach(() => bench.close());

  const publish = (topic: string, count: number) =>
    bench.publishAll(
      topic,
      Array.from({ length: count }, (_, i) => aRecord(`key-${i}`, `value-${i}`)),
    );
  const lagOf = async (prefix: string): Promise<GroupLag | undefined> => (await new LagMeter(bench.connection).measure(prefix))[0];

  it('is what its members have not committed, held-back records included, and nothing once they have', async () => {
    const [topic, groupId] = [await bench.topic(3), bench.name('lag')];
    await publish(topic, 30);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let seen = 0;
    bench.run(
      topic,
      (records) =>
        records.map(async () => {
          seen++;
          await held;
          return DONE;
        }),
      { groupId },
    );
    await eventually(() => seen === 30);
    // Nothing is committed yet: that the group reads the topic is known from its member.
    const waiting = await lagOf(groupId);
    expect(waiting).toMatchObject({ groupId, state: 'Stable', members: 1, lag: 30, topics: [{ topic, lag: 30 }] });
    expect(waiting!.topics[0]!.partitions.map(({ committed }) => committed)).toEqual([null, null, null]);
    release();
    await eventually(async () => (await lagOf(groupId))!.lag === 0);
    const done = (await lagOf(groupId))!;
    expect(done.topics[0]!.partitions.map(({ committed, end }) => committed === end || end === '0')).toEqual([true, true, true]);
  });

  it('grows while nobody reads, counts what retention has left, and is told of the groups that are asked for alone', async () => {
    const [topic, prefix] = [await bench.topic(), bench.name('lag')];
    const [mine, other] = [`${prefix}.mine`, bench.name('other')];
    await publish(topic, 4);
    for (const groupId of [mine, other]) {
      const runner = bench.run(topic, (records) => records.map(() => DONE), { groupId });
      await eventually(async () => (await lagOf(groupId))?.topics[0]?.partitions[0]?.committed === '4');
      await runner.close();
    }
    await publish(topic, 6);
    const groups = await new LagMeter(bench.connection).measure(`${prefix}.`);
    const partitions = [{ partition: 0, committed: '4', end: '10', lag: 6 }];
    expect(groups).toEqual([{ groupId: mine, state: 'Empty', members: 0, lag: 6, topics: [{ topic, lag: 6, partitions }] }]);
    await bench.connection.withAdmin(async (admin) => {
      // The client deletes from topics alone that it has asked about before.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '8' }] });
    });
    expect((await lagOf(mine))!.lag).toBe(2);
  });

  it('is not known while the brokers are away, which is said within a few seconds', async () => {
    const tries: Promise<unknown>[] = [];
    class WatchedConnection extends KafkaConnection {
      override withAdmin<T>(work: Parameters<KafkaConnection['withAdmin']>[0]): Promise<T> {
        const tried = super.withAdmin(work) as Promise<T>;
        tries.push(tried);
        return tried;
      }
    }
    const connection = new WatchedConnection({ brokers: ['127.0.0.1:9'], clientId: 'lag-test' }, () => undefined);
    bench.onClose(() => Promise.allSettled([...tries, connection.close(0)]));
    const meter = new LagMeter(connection);
    const asked = await Promise.allSettled([meter.measure('x'), meter.measure('x')]);
    for (const answer of asked) expect(answer).toMatchObject({ reason: { code: 'BROKER_UNAVAILABLE', retryable: true } });
    // However many ask, the brokers are tried once.
    expect(tries).toHaveLength(1);
  });
});
