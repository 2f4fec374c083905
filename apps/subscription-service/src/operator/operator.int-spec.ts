import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { encodeDeadLetter, type ReceivedRecord } from '#libs/contracts';
import { Secret } from '#libs/kernel';
import { RuntimeModule } from '#libs/runtime';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';
import { DeadLetterArchiveModule } from './dead-letter-archive.module.js';

interface Letter {
  readonly id: string;
  readonly topic: string;
  readonly reason: string;
  readonly status: string;
  readonly [name: string]: unknown;
}
interface Page {
  readonly data: readonly Letter[];
  readonly nextCursor: string | null;
}
interface Lag {
  readonly groups: readonly { groupId: string; lag: number; members: number; topics: readonly { topic: string; lag: number }[] }[];
}

const SINGLE = { method: 'GET' as const, headers: { authorization: `Bearer ${ADMIN_KEY}` } };

describe('dead letters', () => {
  const prefix = uniqueName('operator');
  const kafka = new TestKafka();
  const lettersTopic = `${prefix}.dead-letters`;
  const groupId = `${prefix}.dead-letters`;
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let archive: INestApplicationContext | undefined;
  let topic: string;

  const startArchive = async (): Promise<void> => {
    const kafkaSettings = { brokers: kafkaBrokers(), clientId: 'operator-test' };
    const imports = [
      RuntimeModule.forRoot({ service: 'archive', logLevel: 'fatal' }),
      DeadLetterArchiveModule.forRoot({ databaseUrl: new Secret(database.url), kafka: kafkaSettings, topicPrefix: prefix }),
    ];
    archive = await NestFactory.createApplicationContext(
      { module: class ArchiveModule {}, imports },
      { logger: false, abortOnError: false },
    );
  };
  const read = async <T>(url: string): Promise<T> => {
    const answer = await app.inject({ ...SINGLE, url });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    return answer.json<T>();
  };
  const republish = (id: string, body?: object) =>
    app.inject({ ...SINGLE, method: 'POST', url: `/v1/dead-letters/${id}/republish`, ...(body ? { payload: body } : {}) });
  /** What a service writes for a record that it cannot handle. */
  const bury = async (record: Partial<ReceivedRecord>, reason = 'JSON_INVALID'): Promise<void> => {
    const place = { topic, partition: 0, offset: '7', timestamp: 0, key: null, value: null, headers: {} };
    const { key, value, headers } = encodeDeadLetter({ ...place, ...record }, reason);
    await kafka.produce(lettersTopic, [{ key, value, headers: headers as never }]);
  };
  const shown = async (query: string, count = 1): Promise<readonly Letter[]> =>
    eventually(async () => {
      const { data } = await read<Page>(`/v1/dead-letters?${query}`);
      if (data.length < count) throw new Error(`${data.length} of ${count} dead letters`);
      return data;
    });

  beforeAll(async () => {
    database = await createDatabase();
    topic = await kafka.createTopic(uniqueName('orders'));
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: prefix });
    await startArchive();
  }, 60_000);
  afterAll(async () => {
    await archive?.close();
    await app.close();
    await kafka.close();
    await database.drop();
  });

  it('are shown with all that came, and land again on their topic byte for byte, once', async () => {
    const value = Buffer.from([0x7b, 0xff, 0x00, 0x22]);
    const headers = { 'content-type': Buffer.from('application/json'), odd: [Buffer.from([0xfe]), Buffer.from('two')] };
    await bury({ key: Buffer.from('key-1'), value, headers, partition: 3, offset: '9007199254740993' }, 'UTF8_INVALID');
    const [row] = await shown(`topic=${topic}&reason=UTF8_INVALID`);
    expect(row).toMatchObject({
      topic,
      partition: 3,
      offset: '9007199254740993',
      key: 'key-1',
      size: 4,
      status: 'open',
      republishable: true,
    });
    const detail = await read<Letter>(`/v1/dead-letters/${row!.id}`);
    expect(detail).toMatchObject({
      payload: { value: value.toString('base64'), encoding: 'base64', truncated: false },
      headers: [
        { name: 'content-type', value: 'application/json', encoding: 'utf8' },
        { name: 'odd', value: '/g==', encoding: 'base64' },
        { name: 'odd', value: 'two', encoding: 'utf8' },
      ],
    });

    const answers = await Promise.all([republish(row!.id), republish(row!.id), republish(row!.id, {})]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
    expect(answers.find(({ statusCode }) => statusCode === 409)!.json()).toMatchObject({ code: 'DEAD_LETTER_REPUBLISHED' });
    const [record] = await kafka.waitFor(topic, 1);
    expect(record).toMatchObject({ key: Buffer.from('key-1'), value, headers });
    expect(Object.keys(record!.headers).sort()).toEqual(['content-type', 'odd']);
    expect(await kafka.end(topic)).toBe(1);

    expect(await shown(`topic=${topic}&status=republished`)).toMatchObject([{ id: row!.id, republishedBy: 'admin' }]);
    const log = await read<Page>('/v1/audit?action=dead-letter.republished');
    expect(log.data).toMatchObject([{ subject: row!.id, actor: 'admin', before: null, after: { topic, reason: 'UTF8_INVALID' } }]);
    expect((await republish(row!.id, { again: true })).statusCode).toBe(200);
    expect(await kafka.end(topic)).toBe(2);
  });

  it('that are not what was published stay where they are', async () => {
    await bury({ value: Buffer.from('batch') }, 'BATCH_UNDECODABLE');
    await bury({ headers: { ce_valueomitted: 'true' } }, 'EVENT_TOO_LARGE');
    const rows = [...(await shown('reason=BATCH_UNDECODABLE')), ...(await shown('reason=EVENT_TOO_LARGE'))];
    const before = await kafka.end(topic);
    for (const { id, republishable } of rows) {
      expect(republishable).toBe(false);
      expect((await republish(id)).json()).toMatchObject({ status: 409, code: 'DEAD_LETTER_NOT_REPUBLISHABLE' });
    }
    for (const id of ['dl_01kay2q4c8f0v6m3d9x7r5t1ze', 'nope'])
      expect((await republish(id)).json()).toMatchObject({ status: 404, code: 'DEAD_LETTER_NOT_FOUND' });
    expect(await kafka.end(topic)).toBe(before);
  });

  it('are kept whatever they look like, paged newest first, and none of them makes another', async () => {
    const reason = 'CE_TYPE_UNEXPECTED';
    for (const value of [null, Buffer.alloc(0), Buffer.from('{}'), Buffer.alloc(100_000, 'ä')]) await bury({ value }, reason);
    await kafka.produce(lettersTopic, [{ value: 'of nobody', headers: { 'a\u0000b': Buffer.from([0]) } }]);
    await shown(`reason=${reason}`, 4);
    await shown('reason=UNKNOWN');
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await read(`/v1/dead-letters?reason=${reason}&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(ids).toHaveLength(4);
    const long = (await shown(`reason=${reason}`, 4)).find(({ size }) => size === 100_000)!;
    const { payload } = await read<Letter & { payload: { value: string; truncated: boolean } }>(`/v1/dead-letters/${long.id}`);
    expect([payload.truncated, payload.value]).toEqual([true, 'ä'.repeat(32_768)]);
    await eventually(async () => (await kafka.lag(groupId, lettersTopic)) === 0);
    expect((await read<Page>('/v1/dead-letters?limit=100')).data).toHaveLength(await kafka.end(lettersTopic));
  });

  it('that nobody keeps yet are the lag of their group, as the operations tell it', async () => {
    await archive?.close();
    archive = undefined;
    for (let i = 0; i < 3; i++) await bury({ value: Buffer.from(String(i)) }, 'JSON_TOO_DEEP');
    const ours = async () => {
      const { groups } = await read<Lag>('/v1/operations/lag');
      expect(groups.every((group) => group.groupId.startsWith(`${prefix}.`))).toBe(true);
      return groups.find((group) => group.groupId === groupId);
    };
    await eventually(async () => {
      const group = await ours();
      return group?.lag === 3 && group.members === 0 && group.topics[0]?.topic === lettersTopic;
    });
    await startArchive();
    await shown('reason=JSON_TOO_DEEP', 3);
    await eventually(async () => (await ours())?.lag === 0);
  });
});
