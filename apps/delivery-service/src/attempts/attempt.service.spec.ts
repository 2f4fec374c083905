import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  decodeAttempted,
  decodeOutcome,
  decodeRetryScheduled,
  FIRST_REDELIVERY_WAIT,
  type DeliveryRequestedV1,
  type WebhookStateV1,
} from '#libs/contracts';
import type { EgressResult } from '#libs/egress';
import { Clock, idTail } from '#libs/kernel';
import { DONE, InMemoryPublisher, retryLater, skip, type BatchContext } from '#libs/messaging';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { aDeliveryRequest, anEvent, aWebhook } from '#libs/testing';
import { DueDeliveries } from '../due/index.js';
import { EndpointHealth, type Admission, type AttemptHealth } from '../health/index.js';
import { WebhookLanes } from '../lanes/index.js';
import { Webhook, WebhookDirectory } from '../webhooks/index.js';
import { AttemptOutcomePublisher } from './attempt-outcome.publisher.js';
import { AttemptService } from './attempt.service.js';
import { Cancellations } from './cancellations.js';
import { DeliveryCommands } from './delivery-commands.js';
import { DeliveryGate } from './delivery-gate.js';
import { DeliveryTraces, NO_TRACES, type Traces } from './delivery-traces.js';
import { DeliveryService } from './delivery.service.js';
import { RecentDeliveries } from './recent-deliveries.js';
import { RetryScheduler } from './retry-scheduler.js';
import type { WebhookRequest } from './webhook-request.js';
import { WebhookSender } from './webhook-sender.js';

const sealer = new Sealer(parseMasterKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`));
const timings = { dns: 0.12345, connect: 0.5, tls: null, firstByte: 1, total: 12.345 };

class ListDirectory extends WebhookDirectory {
  constructor(public webhooks: Webhook[]) {
    super();
  }
  override find(id: string): Webhook | undefined {
    return this.webhooks.find((webhook) => webhook.id === id);
  }
  override async findSoon(id: string): Promise<Webhook | undefined> {
    return this.find(id);
  }
}

/** Answers in turn; the last answer again and again. */
class ScriptedSender extends WebhookSender {
  readonly requests: WebhookRequest[] = [];
  constructor(private readonly answers: (number | EgressResult)[]) {
    super();
  }
  override async send(request: WebhookRequest): Promise<EgressResult> {
    const answer = this.answers[Math.min(this.requests.push(request), this.answers.length) - 1]!;
    if (typeof answer !== 'number') return answer;
    return { kind: 'response', status: answer, headers: {}, body: Buffer.from('ok'), truncated: false, timings, address: '127.0.0.1' };
  }
}

/** Lets everything go unless told to hold, and keeps what it was told. */
class ScriptedHealth extends EndpointHealth {
  readonly settled: (AttemptHealth | 'abandoned')[] = [];
  holdUntil: number | undefined;
  probing = false;
  override admit(): Admission {
    if (this.holdUntil !== undefined) return { kind: 'hold', until: this.holdUntil };
    const tell = (result: AttemptHealth | 'abandoned') => void this.settled.push(result);
    return { kind: 'go', permit: { probe: this.probing, settle: tell, abandon: () => tell('abandoned') } };
  }
  override circuitOf(): 'closed' | 'open' {
    return this.holdUntil === undefined ? 'closed' : 'open';
  }
  override probe(): void {}
  override reset(): void {}
  override onClosed(): void {}
}

class NoDue extends DueDeliveries {
  override release(): void {}
  override async cancel(): Promise<void> {}
  override async expedite(): Promise<void> {}
}

class FixedTraces extends DeliveryTraces {
  constructor(private readonly traces: Traces) {
    super();
  }
  override async since(): Promise<Traces> {
    return this.traces;
  }
}

const NOW = Date.parse('2026-11-20T10:00:10Z');
class TestClock extends Clock {
  time = NOW;
  override now(): number {
    return this.time;
  }
}

function setup(webhook: Partial<WebhookStateV1> | null, answers: (number | EgressResult)[] = [200], traces: Traces = NO_TRACES) {
  const directory = new ListDirectory([]);
  const setWebhook = (changes: Partial<WebhookStateV1> | null) =>
    (directory.webhooks = changes === null ? [] : [new Webhook(aWebhook({ id: 'wh_1', ...changes }), sealer)]);
  setWebhook(webhook);
  const sender = new ScriptedSender(answers);
  const publisher = new InMemoryPublisher();
  const clock = new TestClock();
  const health = new ScriptedHealth();
  const lanes = new WebhookLanes(clock, 100, () => () => undefined);
  const outbox = new AttemptOutcomePublisher(publisher, { attempts: 'attempts', outcomes: 'outcomes', retries: 'retries' });
  const rules = { scheduleMs: [5000, 300_000], maxAgeMs: 7 * 86_400_000 };
  const retries = new RetryScheduler(outbox);
  const attempts = new AttemptService(sender, outbox, retries, clock, { rules, userAgent: 'Hookstream/1' });
  const cancellations = new Cancellations();
  const gate = new DeliveryGate(directory, health, clock, rules.maxAgeMs, cancellations);
  const service = new DeliveryService(new RecentDeliveries(clock, new FixedTraces(traces)), gate, lanes, attempts, retries, clock);
  const deliver = (request: DeliveryRequestedV1, context = aContext()) => service.deliver(request, clock.now(), context);
  return {
    sender,
    publisher,
    clock,
    health,
    lanes,
    commands: new DeliveryCommands(health, new NoDue(), cancellations, lanes, clock),
    setWebhook,
    deliver,
    attempts: () => publisher.on('attempts').map((record) => decodeAttempted(record as never)),
    outcomes: () => publisher.on('outcomes').map((record) => decodeOutcome(record as never)),
    retries: () => publisher.on('retries').map((record) => decodeRetryScheduled(record as never)),
  };
}

/** Delivers again and again what the due table would, until there is nothing more. */
async function deliverToTheEnd(stage: ReturnType<typeof setup>, first: DeliveryRequestedV1): Promise<void> {
  for (let next: DeliveryRequestedV1 | undefined = first, done = 0; next; done++) {
    await stage.deliver(next);
    const retry: ReturnType<typeof stage.retries>[number] | undefined = stage.retries()[done];
    if (retry) stage.clock.time = Date.parse(retry.dueAt);
    next = retry?.delivery;
  }
}

const aContext = (lost = () => false, draining = new AbortController().signal): BatchContext => {
  return { topic: 't', partition: 0, signal: new AbortController().signal, draining, lost };
};
const request = (changes: Partial<DeliveryRequestedV1> = {}) => aDeliveryRequest({ webhookId: 'wh_1', ...changes });

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('a delivery', () => {
  it('that succeeds at once leaves one attempt and one outcome', async () => {
    const { deliver, attempts, outcomes } = setup({});
    expect(await deliver(request())).toBe(DONE);
    expect(attempts()).toMatchObject([
      { attempt: 1, status: 'succeeded', statusCode: 200, errorClass: null, nextAttemptAt: null, durationMs: 12 },
    ]);
    expect(attempts()[0]).toMatchObject({ timings: { dns: 0.1, total: 12.3 }, response: { body: 'ok' }, resolvedAddress: '127.0.0.1' });
    expect(outcomes()).toMatchObject([
      { result: 'succeeded', attempts: 1, lastStatusCode: 200, firstAttemptAt: attempts()[0]!.attemptedAt },
    ]);
  });

  it('is tried again until it succeeds, and then has one outcome', async () => {
    const stage = setup({}, [500, 500, 200]);
    await deliverToTheEnd(stage, request());
    expect(
      stage
        .attempts()
        .map(({ attempt, trigger, status, circuit, nextAttemptAt }) => [attempt, trigger, status, circuit, nextAttemptAt !== null]),
    ).toEqual([
      [1, 'event', 'failed', 'closed', true],
      [2, 'retry', 'failed', 'closed', true],
      [3, 'retry', 'succeeded', 'closed', false],
    ]);
    expect(stage.retries().map(({ delivery, cause }) => [delivery.attempt, delivery.wait, cause])).toEqual([
      [2, 1, 'failed'],
      [3, 2, 'failed'],
    ]);
    expect(stage.attempts().map(({ nextAttemptAt }) => nextAttemptAt)).toEqual([...stage.retries().map(({ dueAt }) => dueAt), null]);
    expect(stage.outcomes()).toMatchObject([{ result: 'succeeded', attempts: 3, firstAttemptAt: stage.attempts()[0]!.attemptedAt }]);
  });

  it('has failed when its attempts are used up', async () => {
    const stage = setup({}, [503]);
    await deliverToTheEnd(stage, request());
    expect(stage.sender.requests).toHaveLength(3);
    expect(stage.outcomes()).toMatchObject([{ result: 'failed', attempts: 3, lastStatusCode: 503, lastErrorClass: 'http_5xx' }]);
  });

  it('that expires tells what its attempts left behind', async () => {
    const stage = setup({}, [503]);
    await stage.deliver(request());
    stage.clock.time += 8 * 86_400_000;
    await stage.deliver(stage.retries()[0]!.delivery);
    expect(stage.sender.requests).toHaveLength(1);
    expect(stage.outcomes()).toMatchObject([
      { result: 'discarded', reason: 'expired', attempts: 1, lastStatusCode: 503, lastErrorClass: 'http_5xx' },
    ]);
    expect(stage.outcomes()[0]!.firstAttemptAt).toBe(stage.attempts()[0]!.attemptedAt);
  });

  it('that is a test is tried once, marked, and passes by the circuit', async () => {
    const { deliver, sender, health, retries, attempts, outcomes } = setup({}, [500]);
    health.holdUntil = NOW + 60_000;
    await deliver(request({ trigger: 'test' }));
    expect(sender.requests[0]!.headers).toContain('x-hookstream-test');
    expect(retries()).toHaveLength(0);
    expect(attempts()).toMatchObject([{ trigger: 'test', circuit: 'open', nextAttemptAt: null }]);
    expect(outcomes()).toMatchObject([{ result: 'failed', attempts: 1 }]);
    expect(health.settled).toHaveLength(0);
  });

  it('waits without an attempt while the circuit is open', async () => {
    const { deliver, sender, health, retries, outcomes } = setup({});
    health.holdUntil = NOW + 10_000;
    expect(await deliver(request())).toBe(DONE);
    expect(sender.requests).toHaveLength(0);
    expect(retries()).toMatchObject([{ cause: 'circuit-open', delivery: { attempt: 1, wait: 1, trigger: 'event', past: null } }]);
    const inMs = Date.parse(retries()[0]!.dueAt) - NOW;
    expect(inMs >= 10_000 && inMs <= 12_000).toBe(true);
    expect(outcomes()).toHaveLength(0);
  });

  it('tells the breaker of each attempt, and of none that was not made', async () => {
    const { deliver, health, attempts } = setup({}, [200, 500, 404, 410]);
    health.probing = true;
    for (let n = 0; n < 4; n++) await deliver(request());
    expect(health.settled).toMatchObject([
      { kind: 'succeeded' },
      { kind: 'failed', statusCode: 500, counts: true, gone: false },
      { kind: 'failed', statusCode: 404, counts: false, gone: false },
      { kind: 'failed', statusCode: 410, counts: true, gone: true },
    ]);
    expect(attempts().map(({ trigger, circuit }) => [trigger, circuit])).toEqual(Array(4).fill(['probe', 'half-open']));
    const unresolved = (nameMissing: boolean): EgressResult => {
      return { kind: 'failure', errorClass: 'dns', message: 'm', nameMissing, timings, address: null, partial: null };
    };
    const dead = setup({}, [unresolved(true), unresolved(false)]);
    for (let n = 0; n < 2; n++) await dead.deliver(request());
    expect(dead.health.settled).toMatchObject([
      { errorClass: 'dns', counts: true },
      { errorClass: 'dns', counts: false },
    ]);
    const unreadable = setup({ signing: true, secrets: [{ id: 's', sealed: 'v1.k1.broken', validUntil: null }] });
    await unreadable.deliver(request());
    expect(unreadable.health.settled).toEqual(['abandoned']);
  });

  /** One request is under way and does not end before the test answers it; others wait for their lane. */
  async function withWaiting(waiting: readonly DeliveryRequestedV1[], context = aContext()) {
    let answer = (): void => undefined;
    const stage = setup({ maxInFlight: 1 });
    const send = stage.sender.send.bind(stage.sender);
    stage.sender.send = async (sent) => {
      const sending = send(sent);
      if (stage.sender.requests.length === 1) await new Promise<void>((resolve) => (answer = resolve));
      return sending;
    };
    const first = stage.deliver(request(), context);
    const others = waiting.map((one) => stage.deliver(one, context));
    while (stage.lanes.waiting < waiting.length) await new Promise((resolve) => setImmediate(resolve));
    return { ...stage, first, others, answer };
  }

  it('is let go before it has begun when its partition may move, while what runs ends', async () => {
    const draining = new AbortController();
    const context = aContext(() => false, draining.signal);
    const { others, first, answer, sender, publisher } = await withWaiting([request(), request()], context);
    draining.abort();
    expect(await Promise.all(others)).toEqual([retryLater(0), retryLater(0)]);
    expect(publisher.records).toHaveLength(0);
    answer();
    expect(await first).toBe(DONE);
    expect(sender.requests).toHaveLength(1);
  });

  it('is not sent when it is cancelled while it waits for its lane, nor is it when it comes again', async () => {
    const [cancelled, other] = [request(), request()];
    const { others, first, answer, sender, outcomes, commands, deliver } = await withWaiting([cancelled, other]);
    const command = { webhookId: 'wh_1', accountId: 'default', actor: 'test', requestedAt: '2026-11-20T10:00:20Z' };
    await commands.carryOut({ ...command, command: 'cancel', deliveryId: cancelled.deliveryId });
    expect(await others[0]).toBe(DONE);
    answer();
    await Promise.all([first, others[1]]);
    expect(sender.requests).toHaveLength(2);
    expect(outcomes().filter(({ result }) => result === 'discarded')).toMatchObject([
      { deliveryId: cancelled.deliveryId, reason: 'cancelled', attempts: 0 },
    ]);
    await deliver({ ...cancelled, wait: 1 });
    expect(sender.requests).toHaveLength(2);
    await deliver({ ...cancelled, trigger: 'redelivery', requestedAt: '2026-11-20T10:01:00Z', wait: 2 });
    expect(sender.requests).toHaveLength(3);
  });

  it('is not sent when all of its webhook is cancelled while it waits for its lane', async () => {
    const { others, first, answer, sender, outcomes, commands } = await withWaiting([request(), request()]);
    const command = { webhookId: 'wh_1', accountId: 'default', actor: 'test', requestedAt: '2026-11-20T10:00:20Z', deliveryId: null };
    await commands.carryOut({ ...command, command: 'cancel' });
    expect(await Promise.all(others)).toEqual([DONE, DONE]);
    answer();
    await first;
    expect(sender.requests).toHaveLength(1);
    expect(outcomes().map(({ reason }) => reason)).toEqual(['cancelled', 'cancelled', null]);
  });

  it('is discarded when its webhook is deleted while it waits for its lane', async () => {
    const { others, sender, outcomes, setWebhook, lanes } = await withWaiting([request()]);
    setWebhook(null);
    lanes.reexamine('wh_1');
    expect(await others[0]).toBe(DONE);
    expect(sender.requests).toHaveLength(1);
    expect(outcomes()).toMatchObject([{ result: 'discarded', reason: 'webhook_deleted' }]);
  });

  it('goes to the new URL when that changes while it waits for its lane', async () => {
    const { others, first, answer, sender, setWebhook } = await withWaiting([request()]);
    setWebhook({ maxInFlight: 1, url: 'https://elsewhere.example/' });
    answer();
    await Promise.all([first, ...others]);
    expect(sender.requests[1]).toMatchObject({ url: 'https://elsewhere.example/' });
  });

  it('looks at its webhook again when it has waited for its lane', async () => {
    const stage = await withWaiting([request()]);
    const { answer, first } = stage;
    const [second] = stage.others;
    stage.setWebhook({ status: 'disabled' });
    stage.lanes.reexamine('wh_1');
    expect(await second).toBe(DONE);
    answer();
    await first;
    expect(stage.sender.requests).toHaveLength(1);
    expect(stage.retries()).toMatchObject([{ cause: 'disabled', dueAt: '2026-11-27T10:00:00.000Z', delivery: { attempt: 1, wait: 1 } }]);
  });

  it('is left to the next owner of its partition when the process ends while it waits for its lane', async () => {
    const stage = setup({ maxInFlight: 1 });
    stage.lanes.close();
    expect(await stage.deliver(request())).toMatchObject({ kind: 'retryLater' });
    expect(stage.publisher.records).toHaveLength(0);
  });

  it('is not sent again when a crash came between its attempt and what follows from it', async () => {
    const before = setup({}, [500]);
    const delivery = request();
    await before.deliver(delivery);
    const [attempted] = before.attempts();
    const key = `${idTail(delivery.deliveryId)}.1`;
    const after = setup({}, [200], { ...NO_TRACES, attempted: new Map([[key, attempted!]]) });
    expect(await after.deliver(delivery)).toBe(DONE);
    expect(after.sender.requests).toHaveLength(0);
    expect(after.retries()).toEqual(before.retries());
  });

  it('has failed at once when the receiver is gone', async () => {
    const { deliver, sender, outcomes } = setup({}, [410]);
    await deliver(request());
    expect(sender.requests).toHaveLength(1);
    expect(outcomes()).toMatchObject([{ result: 'failed', attempts: 1, lastStatusCode: 410 }]);
  });

  it('is discarded when its webhook is deleted, without a request', async () => {
    const { deliver, sender, attempts, outcomes } = setup(null);
    expect(await deliver(request())).toBe(DONE);
    expect([sender.requests.length, attempts().length]).toEqual([0, 0]);
    expect(outcomes()).toMatchObject([{ result: 'discarded', reason: 'webhook_deleted', attempts: 0, firstAttemptAt: null }]);
  });

  it('is parked until it expires when its webhook is disabled, while a test is sent', async () => {
    const { deliver, sender, retries, outcomes } = setup({ status: 'disabled' });
    await deliver(request());
    expect(retries()).toMatchObject([{ cause: 'disabled', dueAt: '2026-11-27T10:00:00.000Z', delivery: { attempt: 1, wait: 1 } }]);
    expect(sender.requests).toHaveLength(0);
    await deliver(request({ trigger: 'test' }));
    expect(outcomes()).toMatchObject([{ result: 'succeeded', attempts: 1 }]);
    expect(sender.requests).toHaveLength(1);
  });

  it('has failed, and is never sent unsigned, when its secret cannot be read', async () => {
    const { deliver, sender, attempts, outcomes } = setup({
      signing: true,
      secrets: [{ id: 's', sealed: 'v1.k1.broken', validUntil: null }],
    });
    await deliver(request());
    expect(sender.requests).toHaveLength(0);
    expect(attempts()).toMatchObject([
      { status: 'failed', errorClass: 'protocol', error: 'A stored secret cannot be decrypted', response: null },
    ]);
    expect(outcomes()).toMatchObject([{ result: 'failed', attempts: 1 }]);
  });

  it('waits for the master key of its secret instead of failing', async () => {
    const other = new Sealer(parseMasterKeys(`k2:${Buffer.alloc(32, 2).toString('base64')}`));
    const sealed = other.seal('a'.repeat(64), ['signing', 'default', 'wh_1', 's']);
    const { deliver, outcomes } = setup({ signing: true, secrets: [{ id: 's', sealed, validUntil: null }] });
    await expect(deliver(request())).rejects.toMatchObject({ code: 'SECRET_KEY_UNKNOWN', retryable: true });
    expect(outcomes()).toHaveLength(0);
  });

  it('has failed when its data is not what the format of its webhook needs', async () => {
    const { deliver, sender, outcomes } = setup({ payloadFormat: 'XML' });
    await deliver(request({ event: anEvent({ data: Buffer.from('{"broken') }) }));
    expect(sender.requests).toHaveLength(0);
    expect(outcomes()).toMatchObject([{ result: 'failed', lastErrorClass: 'protocol' }]);
  });

  it('makes no request when the partition is lost before, and leaves no record when it is lost during it', async () => {
    const before = setup({});
    expect(
      await before.deliver(
        request(),
        aContext(() => true),
      ),
    ).toEqual(skip('fenced'));
    expect(before.sender.requests).toHaveLength(0);
    const during = setup({});
    expect(
      await during.deliver(
        request(),
        aContext(() => during.sender.requests.length > 0),
      ),
    ).toEqual(skip('fenced'));
    expect(during.publisher.records).toHaveLength(0);
  });

  it('is sent once while the broker is away, and its records follow when it is back', async () => {
    const { deliver, sender, publisher, outcomes } = setup({});
    publisher.unavailable();
    const delivered = deliver(request());
    while (sender.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    publisher.unavailable(false);
    expect(await delivered).toBe(DONE);
    expect(sender.requests).toHaveLength(1);
    expect(outcomes()).toHaveLength(1);
  });

  it('leaves no credential in its attempt record, not even one that the receiver echoes', async () => {
    const sealed = sealer.seal(JSON.stringify({ type: 'BEARER', token: 'canary-token' }), ['auth', 'default', 'wh_1']);
    const echo: EgressResult = {
      kind: 'response',
      status: 200,
      headers: { 'x-echo': 'Bearer canary-token', 'x-list': ['canary-token'] },
      body: Buffer.from('{"authorization":"Bearer canary-token"}'),
      truncated: false,
      timings,
      address: null,
    };
    const { deliver, sender, publisher, attempts } = setup({ auth: { type: 'BEARER', sealed }, headers: { 'X-Api-Key': 'canary-key' } }, [
      echo,
    ]);
    await deliver(request());
    expect(sender.requests[0]!.headers).toContain('Bearer canary-token');
    expect(attempts()[0]!.request.headers).toMatchObject({ authorization: '***', 'X-Api-Key': '***', 'user-agent': 'Hookstream/1' });
    expect(Buffer.concat(publisher.records.map(({ record }) => record.value!)).toString()).not.toContain('canary');
  });

  it('records the beginning of a body that is too large to keep, and says so', async () => {
    const { deliver, attempts, sender } = setup({ payloadFormat: 'RAW' });
    await deliver(request({ event: anEvent({ data: Buffer.from(`"${'é'.repeat(700_000)}"`) }) }));
    const shown = attempts()[0]!.request.body!;
    expect(sender.requests[0]!.body!.length).toBe(1_400_002);
    expect([shown.startsWith('"ééé'), shown.includes('\ufffd'), shown.split('\n')[1]]).toEqual([
      true,
      false,
      '[truncated: the first 1310720 of 1400002 bytes]',
    ]);
  });

  it('has outcomes of one id however often and however it ends, as when a crash came before the commit', async () => {
    const delivery = request();
    const endings = [setup({}, [200]), setup({}, [410]), setup(null), setup({}, [200])];
    endings[3]!.clock.time += 8 * 86_400_000;
    for (const stage of endings) await stage.deliver(delivery);
    await endings[0]!.deliver({ ...delivery, attempt: 2, wait: 3, trigger: 'retry' });
    const ends = endings.flatMap(({ publisher }) => publisher.on('outcomes').map(({ headers }) => headers['ce_id']));
    expect([ends.length, new Set(ends)]).toEqual([5, new Set([`${delivery.deliveryId}:outcome`])]);
    expect(endings.flatMap(({ outcomes }) => outcomes().map(({ result }) => result))).toEqual([
      'succeeded',
      'succeeded',
      'failed',
      'discarded',
      'discarded',
    ]);
  });

  it('has an outcome of its own for each redelivery, of one id however often and after however many attempts it ends', async () => {
    const wait = FIRST_REDELIVERY_WAIT;
    const first = request();
    const asked = '2026-11-20T11:00:00.000Z';
    const again = request({ ...first, attempt: 2, wait, trigger: 'redelivery', requestedAt: asked });
    const retried = request({ ...again, attempt: 3, wait: wait + 1, trigger: 'retry' });
    const later = request({ ...again, attempt: 4, wait, requestedAt: '2026-11-20T11:00:00.001Z' });
    const ids: unknown[] = [];
    for (const one of [first, again, retried, later]) {
      const { deliver, outcomes, publisher } = setup({}, [200]);
      await deliver(one);
      ids.push(publisher.on('outcomes')[0]!.headers['ce_id']);
      expect(outcomes()[0]!.redeliveredAt).toBe(one === first ? undefined : one.requestedAt);
    }
    const plain = `${first.deliveryId}:outcome`;
    const at = Date.parse(asked);
    expect(ids).toEqual([plain, `${plain}:${at}`, `${plain}:${at}`, `${plain}:${at + 1}`]);
  });

  it('has retries of an id that names the attempt and how often it waited, whoever schedules it', async () => {
    const delivery = request();
    const endings = [setup({}, [500]), setup({}, [503])];
    for (const stage of endings) await stage.deliver(delivery);
    const ids = endings.flatMap(({ publisher }) => publisher.on('retries').map(({ headers }) => headers['ce_id']));
    expect(ids).toEqual(Array(2).fill(`${delivery.deliveryId}:2:1`));
  });

  it('records the body that was sent, and what had come of an answer that broke off', async () => {
    const partial = { status: 200, headers: {}, body: Buffer.from('be'), truncated: true };
    const { deliver, attempts } = setup({ payloadFormat: 'RAW' }, [
      { kind: 'failure', errorClass: 'timeout', message: 'm', timings, address: null, partial },
    ]);
    await deliver(request({ event: anEvent({ data: Buffer.from('{"a":1.10}') }) }));
    expect(attempts()[0]).toMatchObject({
      statusCode: 200,
      errorClass: 'timeout',
      error: 'm',
      request: { body: '{"a":1.10}' },
      response: { status: 200, body: 'be', truncated: true },
    });
  });
});
