import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { headerText } from '#libs/contracts';
import { closeAfterTest, closesResources, createDatabase, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';

closesResources();

describe('events over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  const post = (body: string) =>
    supertest(app.getHttpServer())
      .post('/v1/events')
      .set('authorization', `Bearer ${ADMIN_KEY}`)
      .set('content-type', 'application/json')
      .send(body);

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('ev') });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('arrive on the topic of their module as they were written, once acknowledged', async () => {
    const kafka = new TestKafka();
    closeAfterTest(() => kafka.close());
    const id = uniqueName('evt');
    const data = '{"n": 12345678901234567890, "p": 1.10, "text": "\\u00e9é"}';
    const answer = await post(
      `{"type":"ticket.created","id":"${id}","channelId":"c1","time":"2026-11-20T10:00:00Z","context":{"a" : 1.0},"data":${data}}`,
    ).expect(202);
    expect(answer.body).toEqual({ id });
    const [record] = await kafka.waitFor('tickets', 1, ({ headers }) => headerText(headers, 'ce_id') === id);
    expect(record!.value!.toString()).toBe(data);
    const header = (name: string) => headerText(record!.headers, name);
    expect(header('ce_specversion')).toBe('1.0');
    expect(header('ce_type')).toBe('ticket.created');
    expect(header('ce_source')).toBe('/accounts/default/events');
    expect(header('ce_time')).toBe('2026-11-20T10:00:00Z');
    expect(header('ce_accountid')).toBe('default');
    expect(header('ce_channelid')).toBe('c1');
    expect(header('ce_context')).toBe('{"a" : 1.0}');
    expect(header('content-type')).toBe('application/json');
  });

  it('get an id when they have none', async () => {
    expect((await post('{"type":"order_created","data":{}}').expect(202)).body.id).toMatch(/^evt_[0-9a-z]{26}$/);
  });

  it('of one MiB are taken', async () => {
    await post(`{"type":"order_created","data":"${'x'.repeat(1_048_574)}"}`).expect(202);
  });

  it.each([
    [422, 'VALIDATION_FAILED', '{"type":"nope","data":{}}'],
    [422, 'VALIDATION_FAILED', '{"type":"test.webhook","data":{}}'],
    [422, 'VALIDATION_FAILED', '{"type":"RECEIVED_STATUS","data":{}}'],
    [400, 'EVENT_MALFORMED', '{"type":"order_created","data":'],
    [400, 'MALFORMED_BODY', ''],
    [413, 'EVENT_TOO_LARGE', `{"type":"order_created","data":"${'x'.repeat(1_048_576)}"}`],
    [413, 'BODY_TOO_LARGE', `{"type":"order_created","data":"${'x'.repeat(2_000_000)}"}`],
  ])('are refused with %i %s', async (status, code, body) => {
    expect((await post(body).expect(status)).body.code).toBe(code);
  });
});

describe('a batch of events over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  const post = (body: string) =>
    supertest(app.getHttpServer())
      .post('/v1/events/batch')
      .set('authorization', `Bearer ${ADMIN_KEY}`)
      .set('content-type', 'application/json')
      .send(body);

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('eb') });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('of a thousand arrives whole, each event as it was written', async () => {
    const kafka = new TestKafka();
    closeAfterTest(() => kafka.close());
    const source = uniqueName('batch');
    const dataOf = (index: number) => `{ "n": 1234567890123456789${index},"p":1.10 }`;
    const events = Array.from({ length: 1_000 }, (_, index) => {
      const type = index % 2 === 0 ? 'ticket.created' : 'server.created';
      return `{"type":"${type}","id":"${source}-${index}","data":${dataOf(index)}}`;
    });
    const { results } = (await post(`{"events":[${events.join()}]}`).expect(202)).body as { results: { id: string }[] };
    expect(results).toEqual(events.map((_, index) => ({ id: `${source}-${index}` })));
    // The topic is everybody's, and others write to it without an id.
    const ours = (record: Parameters<typeof headerText>[0]) => headerText(record, 'ce_id')?.startsWith(source) ?? false;
    for (const topic of ['tickets', 'servers']) {
      const records = await kafka.waitFor(topic, 500, ({ headers }) => ours(headers));
      expect(records).toHaveLength(500);
      for (const { headers, value } of records) {
        expect(value!.toString()).toBe(dataOf(Number(headerText(headers, 'ce_id')!.split('-').at(-1))));
      }
    }
  });

  it('with faults in some events takes the others', async () => {
    const large = `{"type":"order_created","data":"${'x'.repeat(1_048_576)}"}`;
    const events = ['{"type":"order_created","data":{}}', '{"type":"nope","id":"n1","data":{}}', large, '{"data":1}'];
    const { results } = (await post(`{"events":[${events.join()}]}`).expect(202)).body as { results: object[] };
    expect(results).toMatchObject([
      { id: expect.stringMatching(/^evt_/) },
      { id: 'n1', error: { code: 'VALIDATION_FAILED', status: 422, errors: [{ field: 'type', rule: 'unknown-event-type' }] } },
      { error: { code: 'EVENT_TOO_LARGE', status: 413 } },
      { error: { code: 'VALIDATION_FAILED', status: 422, errors: [{ field: 'type', rule: 'required' }] } },
    ]);
  });

  it.each([
    [400, 'EVENT_MALFORMED', '{"events":['],
    [422, 'VALIDATION_FAILED', '{"events":[]}'],
    [413, 'BODY_TOO_LARGE', `{"events":["${'x'.repeat(8 * 1024 * 1024)}"]}`],
  ])('is refused with %i %s', async (status, code, body) => {
    expect((await post(body).expect(status)).body.code).toBe(code);
  });
});
