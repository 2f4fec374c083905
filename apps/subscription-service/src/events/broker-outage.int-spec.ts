import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { headerText } from '#libs/contracts';
import { closeAfterTest, closesResources, createDatabase, eventually, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { EmbeddedKafka } from '../../../../tools/local-stack/src/embedded-kafka.js';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';

closesResources();

describe('events while the broker is away', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookstream-events-'));
  let kafka: EmbeddedKafka;
  let database: TestDatabase;
  let app: NestFastifyApplication;
  const post = (path: string, body: object, key?: string) =>
    supertest(app.getHttpServer())
      .post(path)
      .set({ authorization: `Bearer ${ADMIN_KEY}`, ...(key ? { 'idempotency-key': key } : {}) })
      .send(body);

  beforeAll(async () => {
    kafka = await EmbeddedKafka.start({ dataDir, port: 0 });
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafka.brokers, topicPrefix: uniqueName('out') });
  }, 120_000);
  afterAll(async () => {
    await app.close();
    await kafka.stop();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('are answered 503 in time, one and many, and are taken once it is back, with the same ids', async () => {
    const [one, batch] = [
      { type: 'ticket.closed', data: 1 },
      {
        events: [
          { type: 'ticket.closed', data: 2 },
          { type: 'nope', data: 3 },
        ],
      },
    ];
    const [oneKey, batchKey] = [uniqueName('key'), uniqueName('key')];
    await post('/v1/events', one).expect(202);
    await kafka.stop();
    const started = performance.now();
    const answers = await Promise.all([
      post('/v1/events', one),
      post('/v1/events/batch', batch),
      post('/v1/events', one, oneKey),
      post('/v1/events/batch', batch, batchKey),
    ]);
    expect(performance.now() - started).toBeLessThan(8_000);
    for (const { body, headers } of answers) {
      expect(body).toMatchObject({ status: 503, code: 'EVENT_NOT_ACCEPTED' });
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    await kafka.restart();
    const { id } = (await eventually(() => post('/v1/events', one, oneKey).expect(202))).body as { id: string };
    const { results } = (await eventually(() => post('/v1/events/batch', batch, batchKey).expect(202))).body as { results: object[] };
    expect(results).toMatchObject([{ id: expect.stringMatching(/^evt_/) }, { error: { code: 'VALIDATION_FAILED' } }]);
    const client = new TestKafka([kafka.brokers]);
    closeAfterTest(() => client.close());
    const records = await client.waitFor('tickets', 3);
    const ids = records.map(({ headers }) => headerText(headers, 'ce_id'));
    expect(ids).toEqual(expect.arrayContaining([id, (results[0] as { id: string }).id]));
  }, 120_000);
});
