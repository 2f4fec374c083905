import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { eventually, TestKafka, uniqueName, WebhookReceiver } from '#libs/testing';
import { TestSystem } from './system.js';

const MESSAGE_ID = /^Message-ID: (<[^>]+>)/im;

/** Of each mail that the server has taken, in the order in which it did. */
const taken: string[] = [];
let atFirstMail: () => Promise<unknown> = () => Promise.resolve();

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  onData: (stream, _session, done) => {
    let source = '';
    stream.setEncoding('utf8').on('data', (text: string) => (source += text));
    stream.on('end', () => {
      taken.push(MESSAGE_ID.exec(source)![1]!);
      // Who sent the first one is dead before it reads that it was taken.
      void (taken.length === 1 ? atFirstMail() : Promise.resolve()).then(() => done());
    });
  },
});
server.on('error', () => undefined);

let system: TestSystem;
let kafka: TestKafka;
let receiver: WebhookReceiver;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  kafka = new TestKafka();
  receiver = await WebhookReceiver.start((_request, response) => response.writeHead(500).end());
  system = await TestSystem.start({
    services: ['subscription-service', 'event-router', 'delivery-service', 'projector'],
    env: { SMTP_URL: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, RETRY_SCHEDULE: '1h' },
  });
}, 120_000);

afterAll(async () => {
  await kafka.close();
  await system.stop();
  await receiver.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}, 60_000);

it('a projector killed between sending a mail and noting it repeats that mail once, under the same identity, and no other', async () => {
  atFirstMail = () => system.projector.kill();
  await system.api('PATCH', '/v1/accounts/default', { ownerEmail: 'owner@example.com', notifications: { digestMinutes: 0 } });
  await system.createWebhook({ url: receiver.url(), events: ['order_created'] });
  await system.becomesActive(
    async () => {
      const id = uniqueName('evt');
      const headers = { ce_specversion: '1.0', ce_id: id, ce_source: '/shop', ce_type: 'order_created', ce_channelid: system.channel };
      await kafka.produce(
        'orders',
        [1, 2, 3].map((n) => ({ value: '{}', headers: { ...headers, ce_id: n === 1 ? id : `${id}-${n}` } })),
      );
      return id;
    },
    (id) => receiver.requests.some(({ headers }) => headers['webhook-id'] === id),
  );
  await eventually(() => !system.projector.running, { timeoutMs: 60_000 });
  await system.projector.start();
  const failures = (): number => receiver.requests.length;
  await eventually(() => new Set(taken).size === failures() && taken.length > failures(), { timeoutMs: 60_000, intervalMs: 100 });
  expect(taken.filter((id) => id === taken[0])).toHaveLength(2);
  expect(taken).toHaveLength(failures() + 1);
}, 120_000);
