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
