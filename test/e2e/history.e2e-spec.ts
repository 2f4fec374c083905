import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, TestKafka, uniqueName, WebhookReceiver } from '#libs/testing';
import { Mailbox } from '../../tools/local-stack/src/index.js';
import { TestSystem, type CreatedWebhook } from './system.js';

interface Attempt {
  readonly id: string;
  readonly attempt: number;
  readonly statusCode: number;
  readonly trigger: string;
}

interface AttemptDetail extends Attempt {
  readonly request: { readonly headers: Record<string, string>; readonly body: string };
  readonly response: { readonly status: number; readonly body: string };
}

const OWNER = 'owner@example.com';
const PUBLIC_URL = 'https://hooks.example';
const DIGEST_MS = 60_000;

/** Events of which the receiver refuses the first attempt; it refuses tests as well. */
const refused = new Set<string>();

let system: TestSystem;
let kafka: TestKafka;
let mailbox: Mailbox;
let receiver: WebhookReceiver;
let webhook: CreatedWebhook;

beforeAll(async () => {
  mailbox = await Mailbox.start({ port: 0 });
  kafka = new TestKafka();
  receiver = await WebhookReceiver.start(({ headers }, response) => {
    response.statusCode = headers['x-hookstream-test'] || refused.delete(String(headers['webhook-id'])) ? 500 : 200;
    response.end(`answered ${response.statusCode}`);
  });
  system = await TestSystem.start({
    services: ['subscription-service', 'event-router', 'delivery-service', 'projector'],
    env: { SMTP_URL: mailbox.smtpUrl, PUBLIC_URL },
  });
  await system.api('PATCH', '/v1/accounts/default', { ownerEmail: OWNER, notifications: { digestMinutes: DIGEST_MS / 60_000 } });
  webhook = await system.createWebhook({ name: 'Billing', url: receiver.url('/hooks?token=t0ken'), events: ['order_created'] });
  await system.becomesActive(publish, (id) => receiver.requests.some(({ headers }) => headers['webhook-id'] === id));
}, 120_000);

afterAll(async () => {
  await kafka.close();
  await system.stop();
  await receiver.close();
  await mailbox.close();
}, 120_000);

async function publish(id = uniqueName('evt')): Promise<string> {
  const headers = { ce_specversion: '1.0', ce_id: id, ce_source: '/shop', ce_type: 'order_created', ce_channelid: system.channel };
  await kafka.produce('orders', [{ value: '{"n":1.10}', headers }]);
  return id;
}

async function publishRefused(): Promise<string> {
  const id = uniqueName('refused');
  refused.add(id);
  return publish(id);
}

/** Oldest first, once there are so many. */
const attemptsOf = (filter: string, count: number): Promise<Attempt[]> =>
  eventually(async () => {
    const { data } = await system.api<{ data: Attempt[] }>('GET', `/v1/webhooks/${webhook.id}/attempts?${filter}`);
    return data.length < count ? undefined : data.toReversed();
  });

/** Subjects, oldest first. */
const subjects = (): string[] => mailbox.received.map(({ subject }) => subject).toReversed();
const FIRST = '[Hookstream] Billing: order_created failed, the receiver failed (500)';
const WORKS = '[Hookstream] Billing: works again';

describe('the history and the mails of a webhook that fails and recovers', () => {
  it('a test that fails is in the history, marked, and nobody is told', async () => {
    await system.api('POST', `/v1/webhooks/${webhook.id}/test`);
    const [attempt] = await attemptsOf('trigger=test', 1);
    expect(attempt).toMatchObject({ trigger: 'test', statusCode: 500 });
  });

  it('both attempts are in the history with code, payload, headers and response', async () => {
    const id = await publishRefused();
    const attempts = await attemptsOf(`eventId=${id}`, 2);
    expect(attempts.map(({ attempt, statusCode }) => [attempt, statusCode])).toEqual([
      [1, 500],
      [2, 200],
    ]);
    for (const { id: attemptId, attempt, statusCode } of attempts) {
      const { request, response } = await system.api<AttemptDetail>('GET', `/v1/attempts/${attemptId}`);
      expect(request.headers).toMatchObject({ 'webhook-id': id, 'x-hookstream-attempt': String(attempt) });
      expect(request.body).toContain('"data":{"n":1.10}');
      expect(response).toMatchObject({ status: statusCode, body: `answered ${statusCode}` });
    }
  });

  it('the owner gets a mail about the failure and one about the recovery', async () => {
    await eventually(() => subjects().length === 2);
    expect(subjects()).toEqual([FIRST, WORKS]);
    const failure = mailbox.received[1]!;
    expect(failure.envelope.to).toEqual([OWNER]);
    for (const part of [failure.text, failure.html]) {
      for (const said of ['Billing', 'order_created', `127.0.0.1:${receiver.port}`, '(500)', `${PUBLIC_URL}/deliveries/dlv_`])
        expect(part).toContain(said);
      expect(part).not.toContain('t0ken');
    }
  });

  it('a second failure within the time of the digest is in no mail of its own, but in the digest', async () => {
    const since = Date.parse(mailbox.received[1]!.receivedAt);
    const second = await publishRefused();
    await attemptsOf(`eventId=${second}`, 2);
    expect(subjects()).toEqual([FIRST, WORKS]);
    await eventually(() => subjects().length > 2, { timeoutMs: DIGEST_MS + 20_000, intervalMs: 250 });
    expect(subjects()[2]).toBe('[Hookstream] Billing: 1 more attempt failed');
    const digest = mailbox.received.find(({ subject }) => subject === subjects()[2])!;
    expect(digest.text).toContain(second);
    // The time of the digest runs from when the first mail was made, a moment before it arrived.
    expect(Date.parse(digest.receivedAt) - since).toBeGreaterThan(DIGEST_MS - 5_000);
  }, 120_000);

  it('the link in a mail takes the click of a mail program', async () => {
    const link = new URL(/<(https:[^>]+)>/.exec(mailbox.received[0]!.headers['list-unsubscribe']!)![1]!);
    expect(link.origin).toBe(PUBLIC_URL);
    const page = `http://127.0.0.1:${system.subscriptionService.port}${link.pathname}${link.search}`;
    expect((await fetch(page)).status).toBe(200);
    const clicked = await fetch(page, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    expect([clicked.status, await clicked.text()]).toEqual([200, expect.stringContaining('gets no more')]);
  });
});
