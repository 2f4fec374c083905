import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { decodeAttempted, decodeOutcome, type DeliveryRequestedV1, type WebhookStateV1 } from '#libs/contracts';
import type { EgressResult } from '#libs/egress';
import { SystemClock } from '#libs/kernel';
import { DONE, InMemoryPublisher, skip, type BatchContext } from '#libs/messaging';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { aDeliveryRequest, anEvent, aWebhook } from '#libs/testing';
import { Webhook, WebhookDirectory } from '../webhooks/index.js';
import { AttemptOutcomePublisher } from './attempt-outcome.publisher.js';
import { AttemptService } from './attempt.service.js';
import { DeliveryService } from './delivery.service.js';
import { MemoryRetryScheduler } from './memory-retry-scheduler.js';
import { RecentDeliveries } from './recent-deliveries.js';
import { WebhookLanes } from './webhook-lanes.js';
import type { WebhookRequest } from './webhook-request.js';
import { WebhookSender } from './webhook-sender.js';

const sealer = new Sealer(parseMasterKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`));
const timings = { dns: 0.12345, connect: 0.5, tls: null, firstByte: 1, total: 12.345 };

class ListDirectory extends WebhookDirectory {
  constructor(readonly webhooks: Webhook[]) {
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

function setup(webhook: Partial<WebhookStateV1> | null, answers: (number | EgressResult)[] = [200]) {
  const states = webhook === null ? [] : [new Webhook(aWebhook({ id: 'wh_1', ...webhook }), sealer)];
  const sender = new ScriptedSender(answers);
  const publisher = new InMemoryPublisher();
  const clock = new SystemClock();
  const outbox = new AttemptOutcomePublisher(publisher, { attempts: 'attempts', outcomes: 'outcomes' });
  const settings = { rules: { attempts: 3, firstDelayMs: 1, maxDelayMs: 5 }, userAgent: 'Hookstream/1' };
  const attempts = new AttemptService(new ListDirectory(states), sender, outbox, clock, settings);
  const service = new DeliveryService(new RecentDeliveries(clock), new WebhookLanes(10), attempts, new MemoryRetryScheduler(clock));
  return {
    sender,
    publisher,
    deliver: (request: DeliveryRequestedV1, context = aContext()) => service.deliver(request, context),
    attempts: () => publisher.on('attempts').map((record) => decodeAttempted(record as never)),
    outcomes: () => publisher.on('outcomes').map((record) => decodeOutcome(record as never)),
  };
}

const aContext = (lost = () => false): BatchContext => ({ topic: 't', partition: 0, signal: new AbortController().signal, lost });
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
    const { deliver, attempts, outcomes } = setup({}, [500, 500, 200]);
    await deliver(request());
    expect(attempts().map(({ attempt, trigger, status, nextAttemptAt }) => [attempt, trigger, status, nextAttemptAt !== null])).toEqual([
      [1, 'event', 'failed', true],
      [2, 'retry', 'failed', true],
      [3, 'retry', 'succeeded', false],
    ]);
    expect(outcomes()).toMatchObject([{ result: 'succeeded', attempts: 3, firstAttemptAt: attempts()[0]!.attemptedAt }]);
  });

  it('has failed when its attempts are used up', async () => {
    const { deliver, sender, outcomes } = setup({}, [503]);
    await deliver(request());
    expect(sender.requests).toHaveLength(3);
    expect(outcomes()).toMatchObject([{ result: 'failed', attempts: 3, lastStatusCode: 503, lastErrorClass: 'http_5xx' }]);
  });

  it('has failed at once when the receiver is gone', async () => {
    const { deliver, sender, outcomes } = setup({}, [410]);
    await deliver(request());
    expect(sender.requests).toHaveLength(1);
    expect(outcomes()).toMatchObject([{ result: 'failed', attempts: 1, lastStatusCode: 410 }]);
  });

  it('is discarded when its webhook is deleted or disabled, without a request', async () => {
    for (const [webhook, reason] of [
      [null, 'webhook_deleted'],
      [{ status: 'disabled' }, 'webhook_disabled'],
    ] as const) {
      const { deliver, sender, attempts, outcomes } = setup(webhook);
      expect(await deliver(request())).toBe(DONE);
      expect(sender.requests).toHaveLength(0);
      expect(attempts()).toHaveLength(0);
      expect(outcomes()).toMatchObject([{ result: 'discarded', reason, attempts: 0, firstAttemptAt: null, lastStatusCode: null }]);
    }
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
