import { evolve } from './evolve.js';
import type { Webhook } from './webhook.js';
import type { WebhookStore } from './webhook.store.js';

/** A webhook now and at a time in the past. */
export interface PastWebhook {
  readonly now: Webhook;
  /** Undefined: it was not there yet. */
  readonly then: Webhook | undefined;
}

/** Webhooks as they were, out of their events. */
export class PastWebhooks {
  constructor(private readonly store: Pick<WebhookStore, 'history' | 'list'>) {}

  /**
   * The webhooks of an account, newest first. One that was deleted meanwhile is not there.
   * @param at milliseconds since the epoch
   */
  async of(accountId: string, at: number, limit: number): Promise<PastWebhook[]> {
    const found: PastWebhook[] = [];
    for (const now of await this.store.list(accountId, { limit })) found.push({ now, then: await this.then(now, at) });
    return found;
  }

  private async then(now: Webhook, at: number): Promise<Webhook | undefined> {
    if (Date.parse(now.updatedAt) <= at) return now;
    if (Date.parse(now.createdAt) > at) return undefined;
    const events = await this.store.history(now.accountId, now.id);
    let webhook: Webhook | undefined;
    for (const event of events) if (Date.parse(event.occurredAt) <= at) webhook = evolve(webhook, event);
    return webhook;
  }
}
