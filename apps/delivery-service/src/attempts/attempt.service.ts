import { Logger } from '@nestjs/common';
import type { DiscardReason } from '#libs/contracts';
import type { EgressResult } from '#libs/egress';
import { AppError, Clock, newId } from '#libs/kernel';
import { DONE, skip, type BatchContext, type RecordOutcome } from '#libs/messaging';
import { WebhookDirectory, type Webhook } from '../webhooks/index.js';
import { judge, unbuildable, type Verdict } from './attempt.js';
import { AttemptOutcomePublisher } from './attempt-outcome.publisher.js';
import { attemptRecord, type AttemptFacts } from './attempt-record.js';
import { attemptBegan, attemptEnded, deliveryEnded } from './attempt.metrics.js';
import { afterAttempt, type Delivery } from './delivery.js';
import { discarded, outcomeOf } from './outcome.js';
import { nextAttemptAt, type RetryRules } from './retry-policy.js';
import type { Retry } from './retry-scheduler.js';
import { webhookRequest, type WebhookRequest } from './webhook-request.js';
import { WebhookSender } from './webhook-sender.js';

export interface AttemptSettings {
  readonly rules: RetryRules;
  /** `Hookstream/<version>`. */
  readonly userAgent: string;
}

/** How an attempt left its delivery: ended, or to be tried again. */
export type AttemptEnd = { readonly ended: RecordOutcome } | { readonly retry: Retry };

interface Trial {
  readonly verdict: Verdict;
  readonly request: WebhookRequest;
  readonly shown: AttemptFacts['shown'];
  readonly result: EgressResult | undefined;
}

const FENCED: AttemptEnd = { ended: skip('fenced') };
const ENDED: AttemptEnd = { ended: DONE };
const NOTHING_SHOWN: AttemptFacts['shown'] = { shown: {}, credentials: [] };

/** One attempt of a delivery, from the current webhook to the records of what happened. */
export class AttemptService {
  private readonly logger = new Logger('attempts');

  constructor(
    private readonly webhooks: WebhookDirectory,
    private readonly sender: WebhookSender,
    private readonly publisher: AttemptOutcomePublisher,
    private readonly clock: Clock,
    private readonly settings: AttemptSettings,
  ) {}

  async attempt(delivery: Delivery, context: BatchContext): Promise<AttemptEnd> {
    const { webhookId } = delivery.request;
    const webhook = this.webhooks.find(webhookId) ?? (await this.webhooks.findSoon(webhookId));
    // The last look before an effect: another member may own the partition by now, and make this very attempt.
    if (context.lost()) return FENCED;
    if (!webhook) return this.discard(delivery, 'webhook_deleted', context);
    if (webhook.state.status === 'disabled') return this.discard(delivery, 'webhook_disabled', context);
    const startedAt = this.clock.now();
    const trial = await this.try(delivery, webhook, startedAt);
    return context.lost() ? FENCED : this.conclude(delivery, trial, startedAt, context);
  }

  /** @throws AppError retryable, when the webhook's secrets cannot be opened for now */
  private async try(delivery: Delivery, webhook: Webhook, startedAt: number): Promise<Trial> {
    const { method, url, timeoutMs } = webhook.state;
    let request: WebhookRequest;
    try {
      request = this.requestOf(delivery, webhook, startedAt);
    } catch (error) {
      if (!(error instanceof AppError) || error.retryable) throw error;
      if (error.kind === 'bug') this.logger.error({ msg: 'attempt.unbuildable', webhookId: webhook.id, err: error });
      return {
        verdict: unbuildable(error.title),
        request: { method, url, headers: [], body: null },
        shown: NOTHING_SHOWN,
        result: undefined,
      };
    }
    attemptBegan();
    const result = await this.sender.send(request, timeoutMs);
    const verdict = judge(result);
    attemptEnded(verdict, result.timings.total / 1000);
    return { verdict, request, shown: webhook.headers, result };
  }

  private requestOf(delivery: Delivery, webhook: Webhook, now: number): WebhookRequest {
    const { format, state } = webhook;
    const { event, deliveryId } = delivery.request;
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

  // Publish both records, then let the runner commit: a crash in between repeats the attempt (receivers know it by its
  // webhook-id); the other order would lose the outcome for ever.
  private async conclude(delivery: Delivery, trial: Trial, startedAt: number, context: BatchContext): Promise<AttemptEnd> {
    const now = this.clock.now();
    const attemptedAt = new Date(startedAt).toISOString();
    const dueAt = nextAttemptAt(delivery.attempt, trial.verdict, this.settings.rules, now, Math.random());
    const record = attemptRecord(delivery, { ...trial, id: newId('att', startedAt), attemptedAt, nextAttemptAt: dueAt });
    this.log(delivery, trial.verdict, record.durationMs);
    const attempted = this.publisher.attempted(record, context);
    if (dueAt !== undefined) {
      await attempted;
      return { retry: { delivery: afterAttempt(delivery, attemptedAt), dueAt } };
    }
    await Promise.all([attempted, this.publisher.ended(outcomeOf(delivery, trial.verdict, attemptedAt, now), context)]);
    deliveryEnded(trial.verdict.status);
    return ENDED;
  }

  private async discard(delivery: Delivery, reason: DiscardReason, context: BatchContext): Promise<AttemptEnd> {
    await this.publisher.ended(discarded(delivery, reason, this.clock.now()), context);
    deliveryEnded('discarded');
    this.logger.debug({ msg: 'delivery.discarded', ...idsOf(delivery), reason });
    return ENDED;
  }

  private log(delivery: Delivery, verdict: Verdict, durationMs: number): void {
    const line = { msg: 'delivery.attempted', ...idsOf(delivery), status: verdict.status, statusCode: verdict.statusCode, durationMs };
    if (verdict.status === 'failed') this.logger.log({ ...line, errorClass: verdict.errorClass, error: verdict.error });
    else this.logger.debug(line);
  }
}

function idsOf({ request, attempt }: Delivery) {
  const { deliveryId, webhookId, event } = request;
  return { accountId: event.accountId, webhookId, eventId: event.id, deliveryId, attempt };
}
