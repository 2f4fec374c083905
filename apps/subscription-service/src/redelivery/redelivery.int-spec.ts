import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeAfterTest, closesResources, eventually, uniqueName, WebhookReceiver } from '#libs/testing';
import { SendingStage } from '../sending-stage.int-fixture.js';

closesResources();

interface Delivery {
  readonly state: string;
  readonly attempts: number;
}
interface Job {
  readonly id: string;
  readonly status: string;
  readonly count: number;
  readonly sent: number;
  readonly skipped: number;
  readonly succeeded: number;
  readonly problem: string | null;
}

/** Large runs by hand: `REDELIVERY_SIZE=10000`. */
const SIZE = Number(process.env['REDELIVERY_SIZE'] ?? 500);
/** One that no module of the catalog has. */
const FURTHER_TOPIC = uniqueName('further');
const A_DAY_AGO = new Date(Date.now() - 86_400_000).toISOString();

describe('sending again', () => {
  let stage: SendingStage;
  beforeAll(async () => {
    stage = await SendingStage.open(['projector', 'delivery', 'router'], { REDELIVERIES_PER_SECOND: '500', DOMAIN_TOPICS: FURTHER_TOPIC });
  }, 90_000);
  afterAll(() => stage.close(), 30_000);

  /** Answers 404, which the webhooks here take for final, until told otherwise. */
  async function aReceiver() {
    let status = 404;
    let held: Promise<void> = Promise.resolve();
    const receiver = await WebhookReceiver.start((_request, response) => void held.then(() => response.writeHead(status).end()));
    closeAfterTest(() => receiver.close());
    /** Keeps what comes from now on waiting until it is released. */
    const holds = (): (() => void) => {
      let release = (): void => undefined;
      held = new Promise((resolve) => (release = resolve));
      return release;
    };
    return { receiver, answers: (next: number) => (status = next), holds };
  }
  const final = { retryPolicy: { finalStatuses: [404] } };
  const state = async (id: string): Promise<Delivery | undefined> =>
    (await stage.rows<Delivery>('select state, attempts from history.deliveries where id = $1', [id]))[0];
  const becomes = (id: string, wanted: string, attempts: number) =>
    eventually(
      async () => {
        const found = await state(id);
        return found?.state === wanted && found.attempts === attempts;
      },
      { timeoutMs: 20_000 },
    );
  const ended = (id: string) =>
    eventually(
      async () => {
        const job = await stage.call<Job>('GET', `/v1/redeliveries/${id}`);
        return job.status === 'preparing' || job.status === 'running' ? undefined : job;
      },
      { timeoutMs: 60_000 + SIZE * 20 },
    );
  const code = async (answer: Promise<Response>) => {
    const response = await answer;
    return [response.status, ((await response.json()) as { code?: string }).code];
  };

  it('makes the next attempt of a delivery that has ended, with the same id, once for two calls', async () => {
    const { receiver, answers, holds } = await aReceiver();
    const id = await stage.webhook(receiver.url(), final);
    const [request] = await stage.deliver(id, 1);
    const { deliveryId, event } = request!;
    await becomes(deliveryId, 'failed', 1);
    answers(200);
    // Two calls that are made at once may be handled far apart. Were the attempt over by then, the second would ask for one more.
    const release = holds();
    const again = () => stage.call<{ kind: string }>('POST', `/v1/deliveries/${deliveryId}/redeliver`);
    const asked = await Promise.all([again(), again()]);
    release();
    for (const answer of asked) expect(answer).toMatchObject({ deliveryId, webhookId: id, attempt: 2 });
    expect(asked.map(({ kind }) => kind)).toContain('redelivery');
    await becomes(deliveryId, 'succeeded', 2);
    await stage.call('POST', `/v1/deliveries/${deliveryId}/redeliver`);
    await becomes(deliveryId, 'succeeded', 3);
    const sent = receiver.requests.map(({ headers }) => [
      headers['webhook-id'],
      headers['x-hookstream-delivery'],
      headers['x-hookstream-attempt'],
    ]);
    expect(sent).toEqual(['1', '2', '3'].map((attempt) => [event.id, deliveryId, attempt]));
    const triggers = await stage.rows('select trigger from history.attempts where delivery_id = $1 order by attempt', [deliveryId]);
    expect(triggers).toEqual([{ trigger: 'event' }, { trigger: 'redelivery' }, { trigger: 'redelivery' }]);
  }, 60_000);

  it('sends an event to another webhook as a delivery of its own, which can be sent again like any', async () => {
    const [first, second] = [await aReceiver(), await aReceiver()];
    const [from, to] = [await stage.webhook(first.receiver.url(), final), await stage.webhook(second.receiver.url(), final)];
    const { deliveryId, event } = (await stage.deliver(from, 1))[0]!;
    await becomes(deliveryId, 'failed', 1);
    second.answers(200);
    const asked = await stage.call<{ deliveryId: string }>('POST', `/v1/deliveries/${deliveryId}/redeliver`, { webhookId: to });
    expect(asked).toMatchObject({ webhookId: to, attempt: 1, kind: 'redelivery' });
    await becomes(asked.deliveryId, 'succeeded', 1);
    expect(second.receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([event.id]);
    expect(first.receiver.requests).toHaveLength(1);
    expect(await stage.call('POST', `/v1/deliveries/${deliveryId}/redeliver`, { webhookId: to })).toMatchObject({ attempt: 2 });
  }, 60_000);

  it('expedites a delivery that waits for its next attempt, cancels one, and sends what was cancelled again', async () => {
    const { receiver } = await aReceiver();
    const id = await stage.webhook(receiver.url());
    const [one, other] = (await stage.deliver(id, 2)).map(({ deliveryId }) => deliveryId) as [string, string];
    await Promise.all([becomes(one, 'retrying', 1), becomes(other, 'retrying', 1)]);
    expect(await stage.call('POST', `/v1/deliveries/${one}/redeliver`)).toMatchObject({ attempt: 2, kind: 'expedited' });
    await becomes(one, 'failed', 2);
    await stage.call('POST', `/v1/deliveries/${other}/cancel`);
    await becomes(other, 'discarded', 1);
    expect(await code(stage.request('POST', `/v1/deliveries/${other}/cancel`))).toEqual([409, 'DELIVERY_ENDED']);
    for (const attempt of [2, 3]) {
      expect(await stage.call('POST', `/v1/deliveries/${other}/redeliver`)).toMatchObject({ attempt, kind: 'redelivery' });
      await becomes(other, 'failed', attempt);
    }
  }, 60_000);

  it('refuses what cannot be sent', async () => {
    const { receiver } = await aReceiver();
    const id = await stage.webhook(receiver.url(), final);
    const [gone, redacted, kept] = (await stage.deliver(id, 3)).map(({ deliveryId }) => deliveryId) as [string, string, string];
    await stage.settled(id, 'failed', 3);
    const event = (delivery: string) => `(select event_key from history.deliveries where id = '${delivery}')`;
    await stage.rows(`delete from history.events where key = ${event(gone)}`);
    await stage.rows(`update history.events set redacted = true where key = ${event(redacted)}`);
    const again = (delivery: string) => code(stage.request('POST', `/v1/deliveries/${delivery}/redeliver`));
    expect(await again(gone)).toEqual([409, 'EVENT_DATA_GONE']);
    expect(await again(redacted)).toEqual([409, 'EVENT_REDACTED']);
    const test = await stage.call<{ deliveryId: string }>('POST', `/v1/webhooks/${id}/test`);
    await becomes(test.deliveryId, 'failed', 1);
    expect(await again(test.deliveryId)).toEqual([409, 'DELIVERY_IS_TEST']);
    const job = await stage.call<Job>('POST', `/v1/webhooks/${id}/redeliver`, { since: A_DAY_AGO, statuses: ['failed'] });
    expect(await ended(job.id)).toMatchObject({ status: 'completed', count: 3, sent: 1, skipped: 2 });
    await stage.call('POST', `/v1/webhooks/${id}/disable`);
    expect(await again(kept)).toEqual([409, 'WEBHOOK_DISABLED']);
    expect(await code(stage.request('POST', `/v1/webhooks/${id}/redeliver`, { since: A_DAY_AGO }))).toEqual([409, 'WEBHOOK_DISABLED']);
    await stage.request('DELETE', `/v1/webhooks/${id}`);
    expect(await again(kept)).toEqual([404, 'WEBHOOK_NOT_FOUND']);
  }, 60_000);

  it('happens once under an idempotency key', async () => {
    const { receiver } = await aReceiver();
    const id = await stage.webhook(receiver.url());
    const key = { 'idempotency-key': uniqueName('key') };
    const ask = async () => (await stage.request('POST', `/v1/webhooks/${id}/test`, { eventType: 'order_created' }, key)).json();
    const first = (await ask()) as { deliveryId: string };
    expect(await ask()).toEqual(first);
    await becomes(first.deliveryId, 'failed', 1);
    expect(receiver.requests).toHaveLength(1);
    const body = { since: A_DAY_AGO };
    const begin = async () => (await stage.request('POST', `/v1/webhooks/${id}/redeliver`, body, { 'idempotency-key': 'a job' })).json();
    expect(await begin()).toEqual(await begin());
  }, 60_000);

  it(
    'sends all of a webhook that match once each, also when it is killed over and over',
    async () => {
      const { receiver, answers } = await aReceiver();
      const id = await stage.webhook(receiver.url(), { ...final, maxInFlight: 50 });
      const failed = await stage.deliver(id, SIZE);
      await stage.settled(id, 'failed', SIZE, 60_000 + SIZE * 20);
      answers(200);
      const succeeded = await stage.deliver(id, 20);
      await stage.settled(id, 'succeeded', 20);
      const before = receiver.requests.length;
      const asked = { since: A_DAY_AGO, statuses: ['failed'] };
      expect(await stage.call('POST', `/v1/webhooks/${id}/redeliver`, { ...asked, dryRun: true })).toMatchObject({ id: null, count: SIZE });
      const job = await stage.call<Job>('POST', `/v1/webhooks/${id}/redeliver`, asked);
      const sent = async () =>
        (await stage.rows<{ sent: number }>('select sent from subscription.redeliveries where id = $1', [job.id]))[0]!.sent;
      for (const share of [0.1, 0.4, 0.7]) {
        await eventually(async () => (await sent()) >= SIZE * share, { timeoutMs: 30_000 + SIZE * 10 });
        await stage.kill('api');
        // As if its time were over, which it is a quarter of a minute later.
        await stage.rows('update subscription.redeliveries set held_until = now() where id = $1', [job.id]);
        await stage.start('api');
      }
      const done = await ended(job.id);
      expect(done).toMatchObject({ status: 'completed', count: SIZE, sent: SIZE, skipped: 0 });
      await stage.settled(id, 'succeeded', SIZE + 20, 60_000 + SIZE * 20);
      const again = receiver.requests.slice(before);
      expect(again.map(({ headers }) => headers['x-hookstream-delivery']).sort()).toEqual(
        failed.map(({ deliveryId }) => deliveryId).sort(),
      );
      expect(new Set(again.map(({ headers }) => headers['x-hookstream-attempt']))).toEqual(new Set(['2']));
      const events = new Map(failed.map(({ deliveryId, event }) => [deliveryId, event.id]));
      for (const { headers } of again) expect(headers['webhook-id']).toBe(events.get(headers['x-hookstream-delivery'] as string));
      expect(succeeded.every(({ deliveryId }) => !again.some(({ headers }) => headers['x-hookstream-delivery'] === deliveryId))).toBe(true);
      expect(await stage.call('GET', `/v1/redeliveries/${job.id}`)).toMatchObject({ succeeded: SIZE, failed: 0, remaining: 0 });
    },
    240_000 + SIZE * 60,
  );

  it('narrows by the last attempt, by delivery and by event, also after a crash', async () => {
    const { receiver, answers } = await aReceiver();
    const id = await stage.webhook(receiver.url(), { retryPolicy: { finalStatuses: [404, 500] } });
    const refused = await stage.deliver(id, 2);
    await stage.settled(id, 'failed', 2);
    answers(500);
    const [broken] = await stage.deliver(id, 1);
    await stage.settled(id, 'failed', 3);
    answers(200);
    const url = `/v1/webhooks/${id}/redeliver`;
    const count = async (narrowed: object) => (await stage.call<Job>('POST', url, { since: A_DAY_AGO, ...narrowed, dryRun: true })).count;
    expect(await count({})).toBe(3);
    expect(await count({ code: '404' })).toBe(2);
    expect(await count({ code: '5xx' })).toBe(1);
    expect(await count({ code: 'none' })).toBe(0);
    expect(await count({ errorClass: ['http_4xx', 'timeout'] })).toBe(2);
    expect(await count({ trigger: ['event', 'probe'] })).toBe(3);
    expect(await count({ trigger: ['retry'] })).toBe(0);
    expect(await count({ deliveryId: refused[0]!.deliveryId })).toBe(1);
    expect(await count({ eventId: refused[1]!.event.id, code: '4xx' })).toBe(1);
    expect(await count({ eventId: refused[1]!.event.id, code: '5xx' })).toBe(0);
    const job = await stage.call<Job>('POST', url, { since: A_DAY_AGO, errorClass: ['http_5xx'] });
    await stage.kill('api');
    await stage.rows('update subscription.redeliveries set held_until = now() where id = $1', [job.id]);
    await stage.start('api');
    const filter = { errorClass: ['http_5xx'], code: null, trigger: null, deliveryId: null, eventId: null };
    expect(await ended(job.id)).toMatchObject({ status: 'completed', count: 1, sent: 1, filter });
    await becomes(broken!.deliveryId, 'succeeded', 2);
    expect(receiver.requests).toHaveLength(4);
  }, 90_000);

  it('ends when it is cancelled, and keeps to the pace of its webhook', async () => {
    const { receiver } = await aReceiver();
    const id = await stage.webhook(receiver.url(), final);
    await stage.deliver(id, 100);
    await stage.settled(id, 'failed', 100);
    await stage.call('PATCH', `/v1/webhooks/${id}`, { rateLimit: { perSecond: 8 } });
    const job = await stage.call<Job>('POST', `/v1/webhooks/${id}/redeliver`, { since: A_DAY_AGO, eventTypes: ['order_created'] });
    await eventually(async () => (await stage.call<Job>('GET', `/v1/redeliveries/${job.id}`)).sent >= 4, { timeoutMs: 20_000 });
    expect(await stage.call('POST', `/v1/redeliveries/${job.id}/cancel`)).toMatchObject({ status: 'cancelled', remaining: 0 });
    expect(await stage.call('POST', `/v1/redeliveries/${job.id}/cancel`)).toMatchObject({ status: 'cancelled' });
    const { sent } = await stage.call<Job>('GET', `/v1/redeliveries/${job.id}`);
    expect(sent).toBeLessThan(60);
    const rows = await stage.call<{ data: Job[] }>('GET', `/v1/redeliveries?webhookId=${id}&status=cancelled`);
    expect(rows.data.map((row) => row.id)).toEqual([job.id]);
    expect(await code(stage.request('POST', `/v1/redeliveries/rdl_01kay2q4c8f0v6m3d9x7r5t1ze/cancel`))).toEqual([
      404,
      'REDELIVERY_NOT_FOUND',
    ]);
  }, 60_000);

  it('sends an event to all webhooks, or where it has not arrived', async () => {
    const [well, ill] = [await aReceiver(), await aReceiver()];
    well.answers(200);
    const channelId = uniqueName('channel');
    const arrived = await stage.webhook(well.receiver.url(), { ...final, channelId });
    const failed = await stage.webhook(ill.receiver.url(), { ...final, channelId });
    const { event } = (await stage.deliver(arrived, 1, { channelId }))[0]!;
    await stage.deliver(failed, 1, { ...event, channelId });
    await stage.settled(arrived, 'succeeded', 1);
    await stage.settled(failed, 'failed', 1);
    const later = await stage.webhook(well.receiver.url('/later'), { ...final, channelId, filter: 'channelId != ""' });
    await stage.webhook(well.receiver.url('/never'), { ...final, channelId: uniqueName('other') });
    ill.answers(200);
    const job = await stage.call<Job>('POST', `/v1/events/${event.id}/redeliver`, { to: 'missing' });
    expect(await ended(job.id)).toMatchObject({ status: 'completed', count: 2, sent: 2 });
    await stage.settled(failed, 'succeeded', 1);
    await stage.settled(later, 'succeeded', 1);
    expect([well.receiver.requests.length, ill.receiver.requests.length]).toEqual([2, 2]);
    const all = await stage.call<Job>('POST', `/v1/events/${event.id}/redeliver`, { to: 'all' });
    expect(await ended(all.id)).toMatchObject({ status: 'completed', count: 3, sent: 3 });
    await eventually(() => well.receiver.requests.length + ill.receiver.requests.length === 7);
    expect(await code(stage.request('POST', '/v1/events/nope/redeliver', { to: 'all' }))).toEqual([404, 'EVENT_NOT_FOUND']);
    expect(await code(stage.request('POST', `/v1/events/${event.id}/redeliver`, { to: 'webhook' }))).toEqual([422, 'VALIDATION_FAILED']);
  }, 60_000);

  it('sends the event of the source that is named when several use its id', async () => {
    const { receiver, answers } = await aReceiver();
    answers(200);
    const id = await stage.webhook(receiver.url());
    const eventId = uniqueName('shared');
    for (const source of ['/first', '/second']) {
      await stage.deliver(id, 1, { id: eventId, source, data: Buffer.from(JSON.stringify({ source })) });
      await eventually(() => receiver.requests.some(({ body }) => body.includes(source)));
    }
    await stage.settled(id, 'succeeded', 2);
    const before = receiver.requests.length;
    const job = await stage.call<Job>('POST', `/v1/events/${eventId}/redeliver`, { to: 'webhook', webhookId: id, source: '/first' });
    expect(await ended(job.id)).toMatchObject({ status: 'completed', count: 1, sent: 1 });
    await eventually(() => receiver.requests.length > before);
    expect(receiver.requests.at(-1)!.body.toString()).toContain('/first');
    const unknown = { to: 'all', source: '/third' };
    expect(await code(stage.request('POST', `/v1/events/${eventId}/redeliver`, unknown))).toEqual([404, 'EVENT_NOT_FOUND']);
  }, 60_000);

  it('sends what a webhook missed while it was disabled, and nothing else', async () => {
    const { receiver, answers } = await aReceiver();
    answers(200);
    const id = await stage.webhook(receiver.url(), { filter: 'data.n >= 0' });
    const publish = async (n: number, more: object = {}) => {
      const body = { type: 'order_created', channelId: stage.channel, data: { n }, ...more };
      return (await stage.call<{ id: string }>('POST', '/v1/events', body)).id;
    };
    const got = () => receiver.requests.map(({ headers }) => headers['webhook-id']);
    await eventually(
      async () => {
        const event = await publish(0);
        return eventually(() => got().includes(event), { timeoutMs: 1_000 }).catch(() => false);
      },
      { timeoutMs: 20_000 },
    );
    const { updatedAt } = await stage.call<{ updatedAt: string }>('POST', `/v1/webhooks/${id}/disable`);
    const last = await eventually(
      async () => {
        const event = await publish(1);
        return eventually(() => got().includes(event), { timeoutMs: 1_000 }).then(
          () => undefined,
          () => event,
        );
      },
      { timeoutMs: 20_000 },
    );
    const missed = [last, await publish(2), await publish(3)];
    await publish(-1);
    await publish(4, { type: 'order_updated' });
    await publish(5, { channelId: uniqueName('other') });
    const before = got().length;
    const asked = { since: updatedAt };
    expect(await stage.call('POST', `/v1/webhooks/${id}/redeliver`, { ...asked, dryRun: true })).toMatchObject({
      count: 3,
      countIsLowerBound: false,
    });
    const narrowed = (by: object) => stage.call('POST', `/v1/webhooks/${id}/redeliver`, { ...asked, ...by, dryRun: true });
    expect(await narrowed({ eventId: missed[1] })).toMatchObject({ count: 1 });
    expect(await narrowed({ code: 'none' })).toMatchObject({ count: 0 });
    await stage.call('POST', `/v1/webhooks/${id}/enable`);
    const job = await stage.call<Job>('POST', `/v1/webhooks/${id}/redeliver`, asked);
    expect(await ended(job.id)).toMatchObject({ status: 'completed', count: 3, sent: 3, skipped: 0 });
    await eventually(() => got().length >= before + 3);
    expect(got().slice(before).sort()).toEqual(missed.sort());
    expect(await stage.rows('select from subscription.redelivery_events')).toEqual([]);
    const again = await stage.call<Job>('POST', `/v1/webhooks/${id}/redeliver`, asked);
    expect(await ended(again.id)).toMatchObject({ status: 'completed', count: 0 });
  }, 120_000);

  it('sends an event that no webhook wanted to one that wants it now, as the same event', async () => {
    const { receiver, answers } = await aReceiver();
    answers(200);
    const channelId = uniqueName('channel');
    const id = await stage.webhook(receiver.url(), { channelId, events: ['order_updated'] });
    const event = await stage.call<{ id: string }>('POST', '/v1/events', { type: 'order_created', channelId, data: { n: 1 } });
    const found = () => stage.call<{ matched: number; result: string }>('GET', `/v1/events/${event.id}`);
    expect(await eventually(() => found().catch(() => undefined))).toMatchObject({ matched: 0, result: 'unmatched' });
    const { webhooks } = await stage.call<{ webhooks: { webhookId: string; reason: string }[] }>('GET', `/v1/events/${event.id}/trace`);
    expect(webhooks.find(({ webhookId }) => webhookId === id)).toMatchObject({ reason: 'type' });
    await stage.call('PATCH', `/v1/webhooks/${id}`, { events: ['order_created'] });
    const job = await stage.call<Job>('POST', `/v1/events/${event.id}/redeliver`, { to: 'missing' });
    expect(await ended(job.id)).toMatchObject({ status: 'completed', count: 1, sent: 1 });
    await stage.settled(id, 'succeeded', 1);
    expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([event.id]);
    expect(await found()).toMatchObject({ matched: 1, result: 'succeeded' });
    expect(await stage.rows('select from history.events where event_id = $1', [event.id])).toHaveLength(1);
  }, 60_000);

  it('finds what was missed on every topic that is routed, whatever the type', async () => {
    const { receiver, answers } = await aReceiver();
    answers(200);
    const since = new Date().toISOString();
    const id = await stage.webhook(receiver.url(), { status: 'disabled' });
    const event = (eventId: string) =>
      JSON.stringify({ id: eventId, type: 'order_created', accountId: 'default', channelId: stage.channel, data: {} });
    const missed = [uniqueName('further'), uniqueName('of-another-module')];
    await stage.kafka.produce(FURTHER_TOPIC, [{ key: null, value: event(missed[0]!), headers: {} }]);
    await stage.kafka.produce('tickets', [{ key: null, value: event(missed[1]!), headers: {} }]);
    await stage.call('POST', `/v1/webhooks/${id}/enable`);
    const job = await stage.call<Job>('POST', `/v1/webhooks/${id}/redeliver`, { since });
    expect(await ended(job.id)).toMatchObject({ status: 'completed', count: 2, sent: 2 });
    await eventually(() => receiver.requests.length >= 2);
    expect(receiver.requests.map(({ headers }) => headers['webhook-id']).sort()).toEqual(missed.sort());
  }, 60_000);
});
