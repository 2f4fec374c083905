import { Logger } from '@nestjs/common';
import type { Circuit, DeliveryAttemptedV1, DeliveryRequestedV1, DiscardReason } from '#libs/contracts';
import type { EgressResult } from '#libs/egress';
import { AppError, Clock, newId } from '#libs/kernel';
import type { BatchContext } from '#libs/messaging';
import type { Webhook } from '../webhooks/index.js';
import { judge, unbuildable, verdictOf, type Verdict } from './attempt.js';
import { AttemptOutcomePublisher } from './attempt-outcome.publisher.js';
import { attemptRecord, type AttemptFacts } from './attempt-record.js';
import { attemptBegan, attemptEnded, deliveryEnded } from './attempt.metrics.js';
import { discarded } from '../outcomes/index.js';
import { outcomeOf } from './outcome.js';
import { nextAttemptAt, type RetryRules } from './retry-policy.js';
import { RetryScheduler } from './retry-scheduler.js';
import { webhookRequest, type WebhookRequest } from './webhook-request.js';
import { WebhookSender } from './webhook-sender.js';

export interface AttemptSettings {
  readonly rules: RetryRules;
  /** `Hookstream/<version>`. */
  readonly userAgent: string;
}

/** Under what circumstances an attempt is made. */
export interface AttemptSetting {
  readonly webhook: Webhook;
  readonly circuit: Circuit;
  /** Whether it decides over an open circuit. */
  readonly probe: boolean;
}

/** An attempt that was made, before anybody was told. */
export interface Trial extends AttemptSetting {
  readonly startedAt: number;
  readonly verdict: Verdict;
  readonly request: WebhookRequest;
  readonly shown: AttemptFacts['shown'];
  /** undefined when there was nothing to send. */
  readonly result: EgressResult | undefined;
}

const NOTHING_SHOWN: AttemptFacts['shown'] = { shown: {}, credentials: [] };

/** One attempt of a delivery: the request, and the records of what came of it. */
export class AttemptService {
  private readonly logger = new Logger('attempts');

  constructor(
    private readonly sender: WebhookSender,
    private readonly publisher: AttemptOutcomePublisher,
    private readonly retries: RetryScheduler,
    private readonly clock: Clock,
    private readonly settings: AttemptSettings,
  ) {}

  /**
   * Sends the request.
   * @throws AppError retryable, when the webhook's secrets cannot be opened for now; nothing was sent
   */
  async try(delivery: DeliveryRequestedV1, setting: AttemptSetting): Promise<Trial> {
    const { webhook } = setting;
    const { method, url, timeoutMs } = webhook.state;
    const startedAt = this.clock.now();
    let request: WebhookRequest;
    try {
      request = this.requestOf(delivery, webhook, startedAt);
    } catch (error) {
      if (!(error instanceof AppError) || error.retryable) throw error;
      if (error.kind === 'bug') this.logger.error({ msg: 'attempt.unbuildable', webhookId: webhook.id, err: error });
      const unsent = { method, url, headers: [], body: null };
      return { ...setting, startedAt, verdict: unbuildable(error.title), request: unsent, shown: NOTHING_SHOWN, result: undefined };
    }
    attemptBegan();
    const result = await this.sender.send(request, timeoutMs);
    const verdict = judge(result);
    attemptEnded(verdict, result.timings.total / 1000);
    return { ...setting, startedAt, verdict, request, shown: webhook.headers, result };
  }

  /**
   * Tells what came of an attempt, and what follows; resolves once the broker has it. A crash before the commit that
   * comes after makes the record come again: what is on the topics by then is not done again (`RecentDeliveries`).
   */
  async conclude(delivery: DeliveryRequestedV1, trial: Trial, context: BatchContext): Promise<void> {
    const { verdict, startedAt, webhook, probe } = trial;
    const now = this.clock.now();
    const attemptedAt = new Date(startedAt).toISOString();
    const dueAt = nextAttemptAt(delivery, verdict, webhook.state.retryPolicy, this.settings.rules, now, Math.random());
    const trigger = probe ? 'probe' : delivery.trigger;
    const record = attemptRecord(delivery, { ...trial, id: newId('att', startedAt), trigger, attemptedAt, nextAttemptAt: dueAt });
    this.log(delivery, verdict, record.durationMs);
    const attempted = this.publisher.attempted(record, context);
    // A failed attempt is told before what follows from it: else a crash in between would leave it untold.
    if (verdict.status === 'failed') await attempted;
    await Promise.all([attempted, this.follow(delivery, verdict, attemptedAt, dueAt, context)]);
  }

  /** What follows from an attempt of which the record was published by a process that went no further. */
  async concludeEarlier(delivery: DeliveryRequestedV1, earlier: DeliveryAttemptedV1, context: BatchContext): Promise<void> {
    const dueAt = earlier.nextAttemptAt === null ? undefined : Date.parse(earlier.nextAttemptAt);
    await this.follow(delivery, verdictOf(earlier), earlier.attemptedAt, dueAt, context);
  }

  /** Ends a delivery without an attempt. */
  async discard(delivery: DeliveryRequestedV1, reason: DiscardReason, context: BatchContext): Promise<void> {
    await this.publisher.ended(discarded(delivery, reason, this.clock.now()), context);
    deliveryEnded('discarded');
    this.logger.debug({ msg: 'delivery.discarded', ...idsOf(delivery), reason });
  }

  private async follow(
    delivery: DeliveryRequestedV1,
    verdict: Verdict,
    attemptedAt: string,
    dueAt: number | undefined,
    context: BatchContext,
  ): Promise<void> {
    if (dueAt !== undefined) return this.retries.afterFailure(delivery, verdict, attemptedAt, dueAt, context);
    await this.publisher.ended(outcomeOf(delivery, verdict, attemptedAt, this.clock.now()), context);
    deliveryEnded(verdict.status);
  }

  private requestOf(delivery: DeliveryRequestedV1, webhook: Webhook, now: number): WebhookRequest {
    const { format, state } = webhook;
    const { event, deliveryId } = delivery;
    return webhookRequest(delivery, {
      method: state.method,
      url: state.url,
      headers: webhook.headers.sent,
      keys: webhook.signingKeys(now),
      contentType: format.contentType(event),
      body: state.method === 'GET' || state.method === 'DELETE' ? null : format.render({ event, deliveryId }),
      now,
      userAgent: this.settings.userAgent,
    });
  }

  private log(delivery: DeliveryRequestedV1, verdict: Verdict, durationMs: number): void {
    const line = { msg: 'delivery.attempted', ...idsOf(delivery), status: verdict.status, statusCode: verdict.statusCode, durationMs };
    if (verdict.status === 'failed') this.logger.log({ ...line, errorClass: verdict.errorClass, error: verdict.error });
    else this.logger.debug(line);
  }
}

function idsOf({ deliveryId, webhookId, event, attempt }: DeliveryRequestedV1) {
  return { accountId: event.accountId, webhookId, eventId: event.id, deliveryId, attempt };
}
