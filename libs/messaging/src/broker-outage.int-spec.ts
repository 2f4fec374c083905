import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReceivedRecord } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { EmbeddedKafka } from '../../../tools/local-stack/src/embedded-kafka.js';
import { CompactedView } from './compacted-view.js';
import { DONE, type RecordOutcome } from './handler.js';
import { aRecord, textOf } from './testing-support/a-record.js';
import { KafkaBench } from './testing-support/kafka-bench.js';

describe('while the broker goes away and comes back', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookstream-outage-'));
  let kafka: EmbeddedKafka;
  let bench: KafkaBench;
  beforeAll(async () => {
    kafka = await EmbeddedKafka.start({ dataDir, port: 0 });
  }, 120_000);
  afterAll(async () => {
    await kafka.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    bench = new KafkaBench([kafka.brokers]);
  });
  afterEach(() => bench.close());

  const many = Array.from({ length: 1_500 }, (_, i) => i);

  /** Publishes all numbers, a few at a time, and calls `halfway` in the middle of it. */
  async function stream(topic: string, halfway: () => Promise<void>): Promise<void> {
    let outage: Promise<void> | undefined;
    const published: Promise<void>[] = [];
    for (const number of many) {
      if (number === many.length / 2) outage = halfway();
      published.push(bench.connection.publisher.publish(topic, aRecord(`key-${number % 50}`, `${number}`)));
      if (number % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await outage;
    await Promise.all(published);
  }

  it.each(['kill', 'stop'] as const)(
    'loses no record that is published or consumed, whether by a %s',
    async (how) => {
      const [topic, copies] = [await bench.topic(4), await bench.topic(4)];
      const groupId = bench.name('group');
      const handed: string[] = [];
      const copy = async (record: ReceivedRecord): Promise<RecordOutcome> => {
        handed.push(`${record.partition}/${record.offset}`);
        await bench.connection.publisher.publish(copies, { key: record.key, value: record.value, headers: {} });
        return DONE;
      };
      const runner = bench.run(topic, (records) => records.map(copy), { groupId });
      await eventually(() => runner.health().ready);
      const state = { key: 'wh', value: Buffer.from('1'), headers: {} };
      const views = await bench.topic(1, { 'cleanup.policy': 'compact' });
      await bench.publishAll(views, [state]);
      const view = new CompactedView(bench.connection, { topic: views, decode: textOf, idOf: ({ key }) => String(key), versionOf: Number });
      bench.onClose(() => view.stop());
      await view.start();

      await stream(topic, async () => {
        await kafka[how]();
        await eventually(() => !runner.health().ready, { timeoutMs: 30_000 });
        expect(runner.health().live).toBe(true);
        await kafka.restart();
      });

      const numbers = async () => new Set((await bench.read(copies)).map((record) => Number(textOf(record))));
      await eventually(async () => (await numbers()).size === many.length, { timeoutMs: 60_000 });
      const end = (await bench.read(topic)).length;
      await eventually(async () => (await bench.committed(groupId, topic)).reduce((sum, offset) => sum + offset, 0) === end);
      await eventually(() => runner.health().ready);
      // The member kept its seat, so what it had in flight was not begun again.
      expect(handed).toHaveLength(new Set(handed).size);
      await bench.publishAll(views, [{ ...state, value: Buffer.from('2') }]);
      await eventually(() => view.get('wh') === '2');
      expect(view.health().ready).toBe(true);
    },
    120_000,
  );
});
