import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { closesResources, createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';

closesResources();

describe('POST /v1/filters/test', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  const post = (body: string, key = ADMIN_KEY) =>
    supertest(app.getHttpServer())
      .post('/v1/filters/test')
      .set('authorization', `Bearer ${key}`)
      .set('content-type', 'application/json')
      .send(body);
  const test = (filter: string, event: string) => post(`{"filter":${JSON.stringify(filter)},"event":${event}}`);

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('fl') });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it.each([
    ['data.total > 100', '{"type":"order_created","data":{"total":100.5}}', true],
    ['data.total > 100', '{"type":"order_created","data":{"total":100}}', false],
    ['data.n == 12345678901234567890', '{"type":"order_created","data":{"n":12345678901234567890}}', true],
    ['accountId == "default" && channelId == ""', '{"type":"t","data":1}', true],
    ['accountId == "acme" && channelId == "c" && context.a == 1 && time < timestamp("2026-11-20T10:00:01Z")', '{"id":"e","type":"t","accountId":"acme","channelId":"c","context":{"a":1},"time":"2026-11-20T10:00:00Z","data":null}', true],
    ['context == null', '{"type":"t","context":null,"data":1}', true],
  ])('says whether %s matches', async (filter, event, matches) => {
    expect((await test(filter, event).expect(200)).body).toEqual({ matches });
  }); // prettier-ignore

  it.each([
    ['data.total >', 'filter.syntax', 1, 13],
    ['data.a == 1 &&\n tpye == "a"', 'filter.type', 2, 2],
    ['accountId', 'filter.not-boolean', 1, 1],
    ['', 'filter.required', 1, 1],
  ])('names position and reason of what is no filter: %p', async (filter, rule, line, column) => {
    const { body } = await test(filter, '{"type":"t","data":{}}').expect(422);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'filter', rule, position: { line, column } }] });
    expect(body.errors[0].message).toMatch(new RegExp(`^line ${line}, column ${column}: .+`));
  });

  it('gives the reason when the filter fails for the event', async () => {
    const { body } = await test('data.total > 1', '{"type":"t","data":{}}').expect(422);
    expect(body.errors).toEqual([{ field: 'filter', rule: 'filter-failed', message: expect.stringContaining('there is no total') }]);
  });

  it.each([
    ['{"event":{"type":"t","data":1}}', ['filter required']],
    ['{"filter":"true"}', ['event required']],
    ['{"filter":1,"event":7}', ['event is-object']],
    ['{"filter":null,"event":{"typ":"t"}}', ['event.data required', 'event.typ unknown-field', 'event.type required', 'filter is-string']],
    ['{"filter":"true","event":{"type":"","data":1,"time":"now","channelId":5,"accountId":""},"x":1}', ['event.accountId text', 'event.channelId text', 'event.time rfc3339', 'event.type text', 'x unknown-field']],
  ])('names every fault of %s', async (body, expected) => {
    const { errors } = (await post(body).expect(422)).body as { errors: { field: string; rule: string }[] };
    expect(errors.map(({ field, rule }) => `${field} ${rule}`).sort()).toEqual(expected);
  }); // prettier-ignore

  it('refuses what is not JSON, and callers without a key', async () => {
    expect((await post('{"filter":').expect(400)).body.code).toBe('MALFORMED_BODY');
    await post('{}', 'wrong').expect(401);
  });
});
