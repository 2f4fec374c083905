import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import {
  decodeDeliveryCommand,
  decodeWebhookEvent,
  encodeEndpointHealth,
  type EndpointHealthV1,
  type ReceivedRecord,
} from '#libs/contracts';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from '../subscription-app.int-fixture.js';
import { ACTOR } from './endpoint-health.service.js';

describe('auto-disable', () => {
  const topicPrefix = uniqueName('ad');
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let kafka: TestKafka;
  let changes: readonly ReceivedRecord[];
  let deliveries: readonly ReceivedRecord[];
  let version = 0;

  const http = () => supertest.agent(app.getHttpServer()).set('authorization', `Bearer ${ADMIN_KEY}`);
  const read = async (id: string) => (await http().get(`/v1/webhooks/${id}`).expect(200)).body as Record<string, unknown>;
  const changesOf = (id: string) => changes.map((record) => decodeWebhookEvent(record)).filter(({ webhookId }) => webhookId === id);
  const create = async (): Promise<string> => {
    const body = { name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: ['*'] };
    return ((await http().post('/v1/webhooks').send(body).expect(201)).body as { id: string }).id;
  };
  const tell = async (webhookId: string, told: Partial<EndpointHealthV1>): Promise<void> => {
    const now = new Date().toISOString();
    const record = encodeEndpointHealth(
      {
        ...{ webhookId, accountId: 'default', version: ++version, circuit: 'open', since: now, consecutiveFailures: 5, openings: 1 },
        ...{ nextProbeAt: now, failingSince: now, warnedPercent: 0, autoDisabled: null, lastStatusCode: 500, lastErrorClass: 'http_5xx' },
        ...{ changedAt: now, ...told },
      },
      '/test',
    );
    await kafka.produce(`${topicPrefix}.endpoint-health`, [{ key: record.key, value: record.value, headers: record.headers as never }]);
  };
  /** Everything that was told before has been taken in. */
  const takenIn = () =>
    eventually(async () => (await kafka.lag(`${topicPrefix}.subscription-service`, `${topicPrefix}.endpoint-health`)) === 0);

  beforeAll(async () => {
    database = await createDatabase();
    app = await startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix });
    kafka = new TestKafka();
    [changes, deliveries] = await Promise.all([kafka.follow(`${topicPrefix}.webhook-events`), kafka.follow(`${topicPrefix}.deliveries`)]);
  });
  afterAll(async () => {
    await kafka.close();
    await app.close();
    await database.drop();
  });

  it.each(['failing', 'gone'] as const)(
    'becomes one event of the webhook, with the reason %s, however often it is told',
    async (reason) => {
      const id = await create();
      await tell(id, { autoDisabled: reason });
      await tell(id, { autoDisabled: reason });
      const webhook = await eventually(async () => ((await read(id))['status'] === 'disabled' ? read(id) : undefined));
      expect(webhook).toMatchObject({ status: 'disabled', disabledReason: reason, version: 2 });
      await takenIn();
      await eventually(() => changesOf(id).length >= 2);
      expect(changesOf(id).map(({ change, actor }) => [change, actor])).toEqual([
        ['created', 'admin'],
        ['disabled', ACTOR],
      ]);
    },
  );

  it('does not come from a record that only warns', async () => {
    const id = await create();
    await tell(id, { warnedPercent: 90 });
    await takenIn();
    expect(await read(id)).toMatchObject({ status: 'enabled', version: 1 });
  });

  it('yields to a later enable: what failed before it disables no more, what fails after it does', async () => {
    const id = await create();
    const before = new Date().toISOString();
    await tell(id, { autoDisabled: 'gone', failingSince: before });
    await eventually(async () => (await read(id))['status'] === 'disabled');
    await http().post(`/v1/webhooks/${id}/enable`).expect(200);
    await tell(id, { autoDisabled: 'gone', failingSince: before });
    await takenIn();
    expect(await read(id)).toMatchObject({ status: 'enabled', disabledReason: null });
    await tell(id, { autoDisabled: 'failing' });
    await eventually(async () => (await read(id))['disabledReason'] === 'failing');
  });

  it('leaves the reason of the owner who disabled the webhook', async () => {
    const id = await create();
    await http().post(`/v1/webhooks/${id}/disable`).expect(200);
    await tell(id, { autoDisabled: 'failing' });
    await takenIn();
    expect(await read(id)).toMatchObject({ status: 'disabled', disabledReason: 'manual', version: 2 });
  });

  it('of a deleted or unknown webhook is passed over', async () => {
    const id = await create();
    await http().delete(`/v1/webhooks/${id}`).expect(204);
    await tell(id, { autoDisabled: 'gone' });
    await tell('wh_unknown', { autoDisabled: 'gone' });
    await takenIn();
    expect(changesOf(id).filter(({ change }) => change === 'disabled')).toEqual([]);
  });

  it('is followed, on enable, by a reset of the health of the endpoint', async () => {
    const id = await create();
    await http().post(`/v1/webhooks/${id}/disable`).expect(200);
    await http().post(`/v1/webhooks/${id}/enable`).expect(200);
    const record = await eventually(() => deliveries.find(({ key }) => key?.toString() === id));
    expect(decodeDeliveryCommand(record)).toMatchObject({ webhookId: id, command: 'reset', actor: 'admin' });
  });
});
