import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { decodeOutcome } from '#libs/contracts';
import { TestKafka, closeAfterTest, closesResources, eventually, uniqueName, type ReceivedRequest } from '#libs/testing';
import { TestSystem } from '../e2e/system.js';
import { DueRows } from './due-rows.js';
import { MAX_IN_FLIGHT, Subject } from './subject.js';

/** A change takes effect within so long. */
const EFFECTIVE_MS = 1000;
const PENDING = 20;
const QUEUED = 30;

let system: TestSystem;
let due: DueRows;

closesResources();

beforeAll(async () => {
  system = await TestSystem.start({ env: { RETRY_SCHEDULE: '3s,1s,1s' } });
  due = await DueRows.open(system.databaseUrl);
});

afterAll(async () => {
  await due.close();
  await system.stop();
});

/** A webhook with deliveries in each state: pending after a failure, under way, and waiting for their turn. */
async function withWork(settings: object = {}): Promise<{ subject: Subject; events: string[] }> {
  const subject = await Subject.open(system, settings);
  const pending = await subject.publish('fail', PENDING);
  await eventually(async () => (await waiting(subject)) === PENDING);
  const queued = await subject.publish('hold', QUEUED);
  await subject.full();
  return { subject, events: [...pending, ...queued] };
}

const waiting = ({ webhook }: Subject, condition = 'true'): Promise<number> => due.count(`webhook_id = '${webhook.id}' and ${condition}`);

/** Waits until each of these events has had an outcome; answers how many of each there are, and how many events have several. */
async function outcomesOf({ webhook }: Subject, events: readonly string[]) {
  const kafka = new TestKafka();
  closeAfterTest(() => kafka.close());
  const wanted = new Set(events);
  const of = (record: Parameters<typeof decodeOutcome>[0]): boolean => wanted.has(decodeOutcome(record).eventId);
  const records = await kafka.waitFor(system.topic('outcomes'), events.length, of);
  const outcomes = records.map(decodeOutcome).filter(({ webhookId }) => webhookId === webhook.id);
  const results = Map.groupBy(outcomes, ({ result, reason }) => (reason ? `${result}/${reason}` : result));
  return {
    counts: Object.fromEntries([...results].map(([result, all]) => [result, all.length])),
    several: outcomes.length - new Set(outcomes.map(({ eventId }) => eventId)).size,
  };
}

function verifies({ headers, body }: ReceivedRequest, secret: string): boolean {
  return headers['x-hookstream-signature'] === `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

describe('a webhook with attempts in flight, queued and pending', () => {
  it('that is disabled sends nothing a second later, parks what waits, and goes on with it when it is enabled', async () => {
    const { subject, events } = await withWork();
    const disabledAt = await subject.change('POST', '/disable');
    const parked = PENDING + QUEUED - MAX_IN_FLIGHT;
    await eventually(async () => (await waiting(subject, 'parked')) === parked);
    const missed = await subject.publish('missed', 5);
    subject.release();
    expect(subject.requestsSince(disabledAt + EFFECTIVE_MS)).toEqual([]);

    const enabledAt = await subject.change('POST', '/enable');
    expect(await outcomesOf(subject, events)).toEqual({ counts: { succeeded: events.length }, several: 0 });
    expect(subject.requestsSince(enabledAt)).toHaveLength(parked);
    expect(missed.flatMap((id) => subject.requestsOf(id))).toEqual([]);
  });

  it('whose URL and secret change calls the new one a second later, and every request verifies with the old or the new secret', async () => {
    const { subject, events } = await withWork();
    const secret = uniqueName('a-secret-of-its-own');
    const changedAt = await subject.change('PATCH', '', { url: subject.receiver.url('/new'), secret });
    subject.release();
    expect(await outcomesOf(subject, events)).toEqual({ counts: { succeeded: events.length }, several: 0 });

    const later = subject.requestsSince(changedAt + EFFECTIVE_MS);
    expect(later.length).toBeGreaterThanOrEqual(PENDING);
    expect(later.filter((request) => request.url !== '/new' || !verifies(request, secret))).toEqual([]);
    const old = subject.receiver.requests.filter((request) => request.url === '/old');
    expect(old.filter((request) => !verifies(request, subject.webhook.secret) && !verifies(request, secret))).toEqual([]);
  });

  it('that is deleted sends nothing a second later and ends what waits as discarded', async () => {
    // What is pending would not come up by itself for an hour.
    const { subject, events } = await withWork({ retryPolicy: { schedule: ['1h'] } });
    const deletedAt = await subject.change('DELETE');
    await eventually(async () => (await waiting(subject)) === 0);
    subject.release();
    expect(await outcomesOf(subject, events)).toEqual({
      counts: { succeeded: MAX_IN_FLIGHT, 'discarded/webhook_deleted': events.length - MAX_IN_FLIGHT },
      several: 0,
    });
    expect(subject.requestsSince(deletedAt + EFFECTIVE_MS)).toEqual([]);
  });
});

describe('kill -9 of the subscription-service', () => {
  it('after the transaction and before the relay: the change reaches router and delivery after its restart', async () => {
    const changed = await Subject.open(system);
    const kafka = new TestKafka();
    closeAfterTest(() => kafka.close());
    await system.subscriptionService.kill();
    const lead = await leadOutbox();
    await system.subscriptionService.start();

    // Committed, and nobody relays: exactly between the two.
    const before = await kafka.end(system.topic('webhooks'));
    await changed.change('PATCH', '', { url: changed.receiver.url('/new') });
    const channelId = uniqueName('channel');
    const created = await system.createWebhook({ url: changed.receiver.url('/created'), events: ['order_created'], channelId });
    expect((await lead.query('select from subscription.outbox')).rowCount).toBeGreaterThanOrEqual(2);
    expect(await kafka.end(system.topic('webhooks'))).toBe(before);
    await system.subscriptionService.kill();
    await lead.end();
    await system.subscriptionService.start();

    expect((await system.request('GET', `/v1/webhooks/${created.id}`)).status).toBe(200);
    await eventually(async () => {
      const [id] = await changed.publish('after', 1);
      return eventually(() => changed.requestsOf(id!).some(({ url }) => url === '/new'), { timeoutMs: 1000 });
    });
    const publishTo = async (): Promise<string> => {
      const id = uniqueName('evt');
      const headers = { ce_specversion: '1.0', ce_id: id, ce_source: '/subject', ce_type: 'order_created', ce_channelid: channelId };
      await kafka.produce('orders', [{ value: '{}', headers }]);
      return id;
    };
    await system.becomesActive(publishTo, (id) => changed.requestsOf(id).some(({ url }) => url === '/created'));
  });
});

/** Takes the place of the one process that relays, as another instance would. */
async function leadOutbox(): Promise<Client> {
  const session = new Client({ connectionString: system.databaseUrl });
  await session.connect();
  closeAfterTest(() => session.end().catch(() => undefined));
  await eventually(async () => {
    const { rows } = await session.query<{ locked: boolean }>(
      "select pg_try_advisory_lock(hashtextextended('subscription.outbox', 0)) as locked",
    );
    return rows[0]!.locked;
  });
  return session;
}
