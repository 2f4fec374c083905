import { Injectable } from '@nestjs/common';
import { type HealthSelection, type HealthState, WebhookStandings } from '../webhook-standing/index.js';
import type { ShownSecret } from './secret-maker.js';
import type { ListedWebhook } from './webhook.service.js';
import { webhookView } from './webhook.view.js';

/** Webhooks as callers see them, with how they stand. */
@Injectable()
export class WebhookPresenter {
  constructor(private readonly standings: WebhookStandings) {}

  /** @param shown the secret, in the one answer that tells it */
  async one(webhook: ListedWebhook, shown?: ShownSecret) {
    const [standing] = await this.standings.of(webhook.accountId, [webhook]);
    return webhookView(webhook, standing!, shown);
  }

  async many(accountId: string, webhooks: readonly ListedWebhook[]) {
    const standings = await this.standings.of(accountId, webhooks);
    return webhooks.map((webhook, i) => webhookView(webhook, standings[i]!));
  }

  /** What a list has to ask for to get the webhooks of this health. @throws AppError `DATABASE_UNAVAILABLE` */
  async withHealth(accountId: string, health: HealthState | undefined): Promise<HealthSelection | undefined> {
    return health === undefined ? undefined : this.standings.withHealth(accountId, health);
  }
}
