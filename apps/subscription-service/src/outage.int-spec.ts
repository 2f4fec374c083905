import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { newId } from '#libs/kernel';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { ADMIN_KEY, startSubscriptionService } from './subscription-app.int-fixture.js';

/** Stands between the service and its database, and can cut or silence the line. */
class Line {
  mode: 'open' | 'cut' | 'silent' = 'open';
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(private readonly target: URL) {
    this.server = createServer((near) => this.join(near));
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as { port: number }).port}`;
    return url.href;
  }

  set(mode: Line['mode']): void {
    this.mode = mode;
    for (const socket of this.sockets) {
      if (mode === 'cut') socket.destroy();
      else if (mode === 'silent') socket.pause();
      else socket.resume();
    }
  }

  async close(): Promise<void> {
    this.set('cut');
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket): void {
    if (this.mode === 'cut') return void near.destroy();
    const far = connect(Number(this.target.port), this.target.hostname);
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      this.sockets.add(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.mode === 'silent') from.pause();
    }
  }
}

describe('while the database is away', () => {
  let database: TestDatabase;
  let line: Line;
  let app: NestFastifyApplication;
  let kafka: TestKafka;
  const topicPrefix = uniqueName('out');
  const http = () => supertest.agent(app.getHttpServer()).set('authorization', `Bearer ${ADMIN_KEY}`);
  const create = () =>
    http()
      .post('/v1/webhooks')
      .send({ name: uniqueName('n'), url: 'http://127.0.0.1:8080/', events: ['*'] });

  beforeAll(async () => {
    database = await createDatabase();
    line = new Line(new URL(database.url));
    app = await startSubscriptionService({ databaseUrl: await line.open(), brokers: kafkaBrokers().join(), topicPrefix });
    kafka = new TestKafka();
  });
  afterAll(async () => {
    line.set('open');
    await app.close();
    await line.close();
    await kafka.close();
    await database.drop();
  });

  it.each(['cut', 'silent'] as const)('(%s) answers 503 in time, is unready, and goes on by itself afterwards', async (mode) => {
    await create().expect(201);
    line.set(mode);
    const started = performance.now();
    const answers = await Promise.all([create(), http().get('/v1/webhooks'), http().get(`/v1/webhooks/${newId('wh')}`)]);
    expect(performance.now() - started).toBeLessThan(8_000);
    for (const answer of answers) {
      expect(answer.body).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(JSON.stringify(answer.body)).not.toMatch(/ at |node_modules|127\.0\.0\.1/);
    }
    await eventually(() => supertest(app.getHttpServer()).get('/readyz').expect(503));
    await http().post('/v1/events').send({ type: 'order_created', data: {} }).expect(202);

    line.set('open');
    const { id } = (await eventually(() => create().expect(201))).body as { id: string };
    await kafka.waitFor(`${topicPrefix}.webhooks`, 1, (record) => record.key?.toString() === id);
    await eventually(() => supertest(app.getHttpServer()).get('/readyz').expect(200));
  });
});
