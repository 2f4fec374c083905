import type { Catalog } from '#libs/catalog';
import { EVENT_ID } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import type { Webhook } from '../webhooks/index.js';
import type { DeliveryArchive, KeptEvent } from './delivery-archive.js';
import { deliveryId } from './delivery-id.js';
import { hasEnded, nextAttempt, type PastDelivery } from './past-delivery.js';
import type { EventTarget } from './redelivery.js';
import type { OwnWebhooks } from './redelivery.service.js';
import type { RedeliveryItem } from './redelivery-items.js';
import { WantedEvents } from './wanted-events.js';
import './redelivery.errors.js';

const PAGE = 500;

/** What is needed of the webhooks of an account. */
export interface AccountWebhooks {
  list(accountId: string, query: { status: 'enabled'; after?: string | undefined; limit: number }): Promise<readonly Webhook[]>;
}

/** Which event goes again, and to whom. */
export interface EventRequest {
  readonly to: EventTarget;
  /** Of `to: webhook`. */
  readonly webhookId?: string | undefined;
  /** When several publishers use the id: the event of this one. */
  readonly source?: string | undefined;
}

/** To whom an event goes again. */
export class EventRecipients {
  constructor(
    private readonly archive: DeliveryArchive,
    private readonly webhooks: OwnWebhooks,
    private readonly account: AccountWebhooks,
    private readonly catalog: Catalog,
  ) {}

  /**
   * What is on its way goes by itself and is left out.
   * @throws AppError `EVENT_NOT_FOUND`, `EVENT_REDACTED`, `WEBHOOK_NOT_FOUND`, `WEBHOOK_DISABLED`
   */
  async of(principal: Principal, eventId: string, { to, webhookId, source }: EventRequest): Promise<RedeliveryItem[]> {
    const kept = EVENT_ID.test(eventId) ? await this.archive.eventOf(principal.accountId, eventId, source) : undefined;
    if (!kept) throw new AppError('EVENT_NOT_FOUND', 'there is no event with this id whose data is kept');
    if (kept.redacted) throw new AppError('EVENT_REDACTED', 'parts of the data of the event are not kept, so that it cannot be sent again');
    const past = await this.archive.deliveriesOf(principal.accountId, eventId);
    const byWebhook = new Map(past.filter(({ eventKey }) => sameEvent(eventKey, kept)).map((delivery) => [delivery.webhookId, delivery]));
    if (webhookId !== undefined) {
      const webhook = await this.webhooks.get(principal, webhookId);
      if (webhook.status === 'disabled') throw new AppError('WEBHOOK_DISABLED', 'the webhook is disabled: enable it first');
      return itemsOf([webhook.id], byWebhook, kept);
    }
    const receivers = await this.receivers(principal.accountId, kept, byWebhook);
    const missing = (id: string): boolean => byWebhook.get(id)?.state !== 'succeeded';
    return itemsOf(to === 'missing' ? receivers.filter(missing) : receivers, byWebhook, kept);
  }

  /** The enabled webhooks that want the event, or got it. */
  private async receivers(accountId: string, { event }: KeptEvent, past: ReadonlyMap<string, PastDelivery>): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await this.account.list(accountId, { status: 'enabled', after, limit: PAGE });
      for (const webhook of page) if (past.has(webhook.id) || new WantedEvents(webhook, this.catalog).wants(event)) ids.push(webhook.id);
      if (page.length < PAGE) return ids;
      after = page.at(-1)!.id;
    }
  }
}

/** An id may be that of several events, of different sources; a delivery whose data is gone may be of any of them. */
function sameEvent(eventKey: string | null, kept: KeptEvent): boolean {
  return eventKey === null || eventKey === kept.key;
}

function itemsOf(webhookIds: readonly string[], past: ReadonlyMap<string, PastDelivery>, kept: KeptEvent): RedeliveryItem[] {
  return webhookIds.flatMap((webhookId) => {
    const known = past.get(webhookId);
    if (known && !hasEnded(known)) return [];
    const next = known ? nextAttempt(known) : { attempt: 1, wait: 0 };
    return [{ ...next, deliveryId: known?.id ?? deliveryId(kept.event, webhookId), webhookId, eventKey: kept.key, kept: false }];
  });
}
