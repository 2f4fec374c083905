import { Logger } from '@nestjs/common';
import { AppError, type Clock } from '#libs/kernel';
import type { Webhook } from '../webhooks/index.js';
import type { DeliveryArchive, KeptEvent } from './delivery-archive.js';
import type { DeliveryRequests } from './delivery-requests.js';
import { itemFate } from './item-fate.js';
import type { MissedEvents } from './missed-events.js';
import { OwnPaces, type Pace } from './pace.js';
import type { RedeliveryItem, RedeliveryItems } from './redelivery-items.js';
import type { HeldRedelivery, RedeliveryStore } from './redelivery.store.js';
import { statesOf } from './selected-deliveries.js';
import type { SelectionCount } from './selection-count.js';

/** Looked at in the history at once. */
const GATHER = 5_000;
/** Sent before it is written down: as much is written to Kafka again after a crash, and dropped there. */
const BATCH = 25;

/** What is needed of the webhooks. */
export interface KnownWebhooks {
  find(accountId: string, id: string): Promise<Webhook | undefined>;
}

export interface ProgressParts {
  readonly store: RedeliveryStore;
  readonly items: RedeliveryItems;
  readonly archive: DeliveryArchive;
  readonly webhooks: KnownWebhooks;
  readonly selections: SelectionCount;
  readonly missed: MissedEvents;
  readonly requests: DeliveryRequests;
  readonly pace: Pace;
  readonly clock: Clock;
}

/** Takes a redelivery one step further. */
export class RedeliveryProgress {
  private readonly logger = new Logger('redelivery');
  private readonly ownPaces = new OwnPaces();

  constructor(private readonly parts: ProgressParts) {}

  /** @returns whether there was anything to do @throws AppError `DATABASE_UNAVAILABLE`, `SENDING_UNAVAILABLE`; it may be tried again */
  async step(redelivery: HeldRedelivery, signal: AbortSignal): Promise<boolean> {
    const { store, webhooks } = this.parts;
    const { id, accountId, webhookId, kind } = redelivery;
    const webhook = webhookId === null ? undefined : await webhooks.find(accountId, webhookId);
    if (kind === 'webhook' && !webhook) {
      await store.end(id, 'failed', 'the webhook was deleted');
      return true;
    }
    if (webhook?.status === 'disabled') {
      await store.obstacle(id, 'the webhook is disabled: it goes on once that is enabled');
      return false;
    }
    if (redelivery.problem !== null) await store.obstacle(id, null);
    return redelivery.status === 'preparing' ? this.gather(redelivery, webhook!) : this.send(redelivery, webhook, signal);
  }

  private async gather(redelivery: HeldRedelivery, webhook: Webhook): Promise<boolean> {
    const { store, items, selections, missed } = this.parts;
    const { id, accountId, gathered } = redelivery;
    const selection = redelivery.selection!;
    const state = statesOf(selection).find((one) => gathered.history?.[one] !== null);
    if (state !== undefined) {
      const page = { accountId, webhookId: webhook.id, state, after: gathered.history?.[state] ?? '', limit: GATHER, selection };
      await items.gather(id, page, (next) => ({ ...gathered, history: { ...gathered.history, [state]: next } }));
      return true;
    }
    const search = await selections.missedSearch(webhook, selection);
    if (search) {
      const found = await missed.search(search, gathered.topics);
      const missing = await items.stillMissed(accountId, found.items);
      const chosen = found.items.filter(({ deliveryId }) => missing.has(deliveryId));
      await items.addMissed(id, chosen, { ...gathered, topics: found.topics });
      if (!found.done) return true;
    }
    await store.start(id);
    return true;
  }

  private async send(redelivery: HeldRedelivery, webhook: Webhook | undefined, signal: AbortSignal): Promise<boolean> {
    const { store, items: stored, archive, clock } = this.parts;
    const { id } = redelivery;
    const perSecond = webhook?.rateLimit?.perSecond;
    const allowance = this.ownPaces.allowance(id, perSecond, BATCH, clock.now());
    if (allowance === 0) return false;
    const items = await stored.waiting(id, allowance);
    if (items.length === 0) {
      this.ownPaces.forget(id);
      if (await store.end(id, 'completed', null))
        this.logger.log({ msg: 'redelivery.completed', redeliveryId: id, count: redelivery.count });
      return true;
    }
    const [past, kept] = await Promise.all([archive.deliveries(items.map(({ deliveryId }) => deliveryId)), this.eventsOf(id, items)]);
    const now = new Date(clock.now()).toISOString();
    const sent: string[] = [];
    const skipped: string[] = [];
    const written: Promise<void>[] = [];
    for (const item of items) {
      const fate = itemFate(item, past.get(item.deliveryId), kept.get(item.deliveryId), now);
      if (fate.kind === 'skip') skipped.push(item.deliveryId);
      else if (fate.kind === 'sent') sent.push(item.deliveryId);
      else {
        if (!(await this.parts.pace.turn(signal))) break;
        const asked = this.parts.requests.attempt(fate.request).then(
          () => void sent.push(item.deliveryId),
          // The broker will never take it, such as an event of a topic that allowed larger ones.
          (error: unknown) => {
            if (!(error instanceof AppError) || error.retryable) throw error;
            skipped.push(item.deliveryId);
          },
        );
        written.push(asked);
      }
    }
    this.ownPaces.went(id, perSecond, written.length, clock.now());
    const results = await Promise.allSettled(written);
    await stored.tell(id, { sent, skipped });
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    return true;
  }

  /** By delivery. */
  private async eventsOf(id: string, items: readonly RedeliveryItem[]): Promise<ReadonlyMap<string, KeptEvent>> {
    const { items: stored, archive } = this.parts;
    const keys = (kept: boolean): string[] => [
      ...new Set(items.flatMap((item) => (item.kept === kept && item.eventKey !== null ? [item.eventKey] : []))),
    ];
    const [own, known] = await Promise.all([stored.keptEvents(id, keys(true)), archive.events(keys(false))]);
    return new Map(
      items.flatMap(({ deliveryId, eventKey, kept }) => {
        if (eventKey === null) return [];
        const event = own.get(eventKey);
        const found = kept ? event && { key: eventKey, redacted: false, event } : known.get(eventKey);
        return found ? [[deliveryId, found] as const] : [];
      }),
    );
  }
}
