import { Logger } from '@nestjs/common';
import type { EndpointHealthV1 } from '#libs/contracts';
import { AppError, type Clock } from '#libs/kernel';
import { DONE, skip, type RecordOutcome } from '#libs/messaging';
import type { WebhookStore } from '../webhooks/index.js';
import { autoDisable } from './auto-disable.js';
import type { Enablings } from './enablings.js';

export const ACTOR = 'system:delivery-service';

/** How often a decision is made anew because the webhook was changed meanwhile. */
const MAX_TRIES = 5;

/** Turns what the delivery-service finds out about endpoints into events of their webhooks. */
export class EndpointHealthService {
  private readonly logger = new Logger(EndpointHealthService.name);

  constructor(
    private readonly webhooks: WebhookStore,
    private readonly enablings: Enablings,
    private readonly clock: Clock,
  ) {}

  /** Any number of times with the same effect. @throws AppError `DATABASE_UNAVAILABLE`, `CONCURRENT_CHANGE` */
  async apply(health: EndpointHealthV1): Promise<RecordOutcome> {
    const { webhookId, accountId } = health;
    for (let tries = 1; ; tries++) {
      // First the webhook: one that is enabled after it was read is at another version, and the commit is refused.
      const before = await this.webhooks.load(accountId, webhookId);
      const events = autoDisable(before, await this.enablings.lastOf(webhookId), health);
      if (events.length === 0) return skip('nothing-to-disable');
      const occurredAt = new Date(this.clock.now()).toISOString();
      try {
        await this.webhooks.commit({ webhookId, before, events, sealed: [], actor: ACTOR, occurredAt });
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'CONCURRENT_CHANGE') || tries === MAX_TRIES) throw error;
        continue;
      }
      const { autoDisabled: reason, failingSince } = health;
      this.logger.log({ msg: 'webhook.auto-disabled', accountId, webhookId, actor: ACTOR, reason, failingSince });
      return DONE;
    }
  }
}
