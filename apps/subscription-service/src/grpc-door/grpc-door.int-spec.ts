import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, credentials, type ClientReadableStream } from '@grpc/grpc-js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthRegistry } from '#libs/runtime';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { ADMIN_KEY, grpcAddressOf, startSubscriptionService } from '../subscription-app.int-fixture.js';
import { ReflectedClient } from './reflected-client.int-fixture.js';

const KEY = { authorization: `Bearer ${ADMIN_KEY}` };
const GET = 'hookstream.v1.WebhookService/GetWebhook';
const CREATE = 'hookstream.v1.WebhookService/CreateWebhook';
const PUBLISH = 'hookstream.v1.EventService/PublishEvents';
const CHECK = 'grpc.health.v1.Health/Check';
const aWebhook = () => ({ webhook: { name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: ['*'] } });

describe('the gRPC door', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let client: ReflectedClient;
  const start = (env: NodeJS.ProcessEnv = {}): Promise<NestFastifyApplication> =>
    startSubscriptionService({ databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('grpc'), env });

  beforeAll(async () => {
    database = await createDatabase();
    app = await start();
    client = await ReflectedClient.connect(grpcAddressOf(app));
  });
  afterAll(async () => {
    client.close();
    await app.close();
    await database.drop();
  });

  it('tells by reflection of every service, itself and health included', () => {
    const names = ['Account', 'Catalog', 'Delivery', 'Event', 'Operation', 'Webhook'].map((name) => `hookstream.v1.${name}Service`);
    expect([...client.services].sort()).toEqual(['grpc.health.v1.Health', 'grpc.reflection.v1.ServerReflection', ...names]);
  });

  it('lets nobody without a key call any RPC, and says so with the details of HTTP', async () => {
    for (const method of client.methods()) {
      expect(await client.call(method, {})).toMatchObject({ status: 'UNAUTHENTICATED', code: 'UNAUTHENTICATED' });
    }
  });

  it('answers to what cannot be decoded as to a fault of the caller', async () => {
    const answer = await client.call(CREATE, Buffer.from('ffffffff', 'hex'), KEY);
    expect(answer).toMatchObject({ status: 'INVALID_ARGUMENT', code: 'GRPC_MESSAGE_MALFORMED' });
  });

  it('hands the request id back, with answers and with refusals', async () => {
    const headers = { ...KEY, 'x-request-id': 'r-1' };
    for (const request of [aWebhook(), {}]) {
      expect((await client.call(CREATE, request, headers)).headers).toMatchObject({ 'x-request-id': ['r-1'] });
    }
  });

  it('marks the answer to a repeat', async () => {
    const [request, headers] = [aWebhook(), { ...KEY, 'idempotency-key': uniqueName('k') }];
    const first = await client.call(CREATE, request, headers);
    const again = await client.call(CREATE, request, headers);
    expect(again.message).toEqual(first.message);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(again.headers).toMatchObject({ 'idempotent-replayed': ['true'] });
  });

  it('tells in a status of bounded size what is wrong with a message of any size', async () => {
    const events = Array.from({ length: 200 }, (_, i) => `no-such-type-${i}-${'x'.repeat(100)}`);
    const answer = await client.call(CREATE, { webhook: { ...aWebhook().webhook, events } }, KEY);
    expect(answer).toMatchObject({ status: 'INVALID_ARGUMENT', code: 'VALIDATION_FAILED' });
    expect(answer.faults[0]).toBe('events[0]: unknown-event-type');
  });

  it('takes events of 1 MiB and batches of 8 MiB, and refuses what is larger', async () => {
    const data = Buffer.from(`"${'x'.repeat(1_048_574)}"`);
    const events = (count: number) => ({ events: Array.from({ length: count }, () => ({ type: 'order_created', data })) });
    const { status, message } = await client.call<{ results: object[] }>(PUBLISH, events(8), KEY);
    expect([status, message.results]).toEqual(['OK', Array.from({ length: 8 }, () => ({ accepted: { id: expect.any(String) } }))]);
    expect((await client.call(PUBLISH, events(9), KEY)).status).toBe('RESOURCE_EXHAUSTED');
  });

  it('says how long to wait when a key comes too often', async () => {
    const limited = await start({ API_RATE_LIMIT_PER_SECOND: '1', API_RATE_LIMIT_BURST: '2' });
    const other = await ReflectedClient.connect(grpcAddressOf(limited));
    try {
      const answers = await Promise.all(Array.from({ length: 20 }, () => other.call(GET, { id: 'x' }, KEY)));
      const refused = answers.find(({ status }) => status === 'RESOURCE_EXHAUSTED');
      expect(refused).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) });
      expect(refused!.headers).toHaveProperty('ratelimit');
    } finally {
      other.close();
      await limited.close();
    }
  });

  it('tells its health as a whole and per service', async () => {
    for (const service of ['', ...client.services.filter((name) => name.startsWith('hookstream.'))]) {
      expect(await client.call(CHECK, { service })).toMatchObject({ status: 'OK', message: { status: 'SERVING' } });
    }
    expect((await client.call(CHECK, { service: 'nope' })).status).toBe('NOT_FOUND');
  });

  it('stops while somebody watches its health, having said that it does not serve any more', async () => {
    const stopping = await start();
    const channel = new Client(grpcAddressOf(stopping), credentials.createInsecure());
    const heard: string[] = [];
    const { path, requestSerialize, responseDeserialize } = client.method('grpc.health.v1.Health/Watch');
    const watch: ClientReadableStream<object> = channel.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {});
    watch.on('data', ({ status }: { status: string }) => heard.push(status)).on('error', () => undefined);
    await eventually(() => heard.length > 0);
    const began = performance.now();
    stopping.get(HealthRegistry).closing();
    await stopping.close();
    const seconds = (performance.now() - began) / 1000;
    await eventually(() => heard.length > 1);
    channel.close();
    expect(heard).toEqual(['SERVING', 'NOT_SERVING']);
    expect(seconds).toBeLessThan(5);
  });
});
