import { Logger } from '@nestjs/common';
import type { DeliveryCommandName, DomainEvent } from '#libs/contracts';
import { AppError, type Clock, isId } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import type { Webhook } from '../webhooks/index.js';
import type { DeliveryArchive } from './delivery-archive.js';
import { deliveryId } from './delivery-id.js';
import type { DeliveryRequests } from './delivery-requests.js';
import { hasEnded, nextAttempt, type PastDelivery, pastOf } from './past-delivery.js';
import './redelivery.errors.js';

/** What is needed of the webhooks. */
export interface OwnWebhooks {
  /** @throws AppError `WEBHOOK_NOT_FOUND` */
  get(principal: Principal, id: string): Promise<Webhook>;
}

/** A delivery that goes out again. */
export interface SentAgain {
  readonly deliveryId: string;
  readonly webhookId: string;
  /** The attempt that follows. */
  readonly attempt: number;
  /** `expedited`: it was under way already, and its next attempt is made now. */
  readonly kind: 'redelivery' | 'expedited';
}

/** Sends one delivery again, or ends one; and what the circuit breaker of an endpoint is told. */
export class RedeliveryService {
  private readonly logger = new Logger(RedeliveryService.name);

  constructor(
    private readonly archive: DeliveryArchive,
    private readonly webhooks: OwnWebhooks,
    private readonly requests: DeliveryRequests,
    private readonly clock: Clock,
  ) {}

  /**
   * @param otherWebhookId where the event goes instead of where it went
   * @throws AppError `DELIVERY_NOT_FOUND`, `WEBHOOK_NOT_FOUND`, `WEBHOOK_DISABLED`, `DELIVERY_IS_TEST`, `EVENT_DATA_GONE`,
   *   `EVENT_REDACTED`, `SENDING_UNAVAILABLE`
   */
  async redeliver(principal: Principal, id: string, otherWebhookId?: string): Promise<SentAgain> {
    const delivery = await this.own(principal, id);
    if (delivery.test) throw new AppError('DELIVERY_IS_TEST', 'a test is not delivered again: send another one');
    const webhook = await this.webhooks.get(principal, otherWebhookId ?? delivery.webhookId);
    if (webhook.status === 'disabled') throw new AppError('WEBHOOK_DISABLED', 'the webhook is disabled: enable it first');
    const known = webhook.id === delivery.webhookId ? delivery : await this.deliveryTo(webhook, delivery);
    if (known && !hasEnded(known)) {
      const attempt = known.attempts + 1;
      await this.command(principal, 'expedite', known.webhookId, known.id, attempt);
      return { deliveryId: known.id, webhookId: known.webhookId, attempt, kind: 'expedited' };
    }
    return this.sendAgain(principal, await this.eventOf(delivery), webhook.id, known);
  }

  /** @throws AppError `DELIVERY_NOT_FOUND`, `DELIVERY_ENDED`, `SENDING_UNAVAILABLE` */
  async cancel(principal: Principal, id: string): Promise<{ readonly deliveryId: string; readonly webhookId: string }> {
    const delivery = await this.own(principal, id);
    if (hasEnded(delivery)) throw new AppError('DELIVERY_ENDED', `the delivery has ended: ${delivery.state}`);
    await this.command(principal, 'cancel', delivery.webhookId, delivery.id);
    return { deliveryId: delivery.id, webhookId: delivery.webhookId };
  }

  /** Tries an endpoint now although its circuit is open. @throws AppError `WEBHOOK_NOT_FOUND`, `SENDING_UNAVAILABLE` */
  async probe(principal: Principal, webhookId: string): Promise<void> {
    await this.command(principal, 'probe', (await this.webhooks.get(principal, webhookId)).id, null);
  }

  /** Closes the circuit of an endpoint. @throws AppError `WEBHOOK_NOT_FOUND`, `SENDING_UNAVAILABLE` */
  async resetCircuit(principal: Principal, webhookId: string): Promise<void> {
    await this.command(principal, 'reset', (await this.webhooks.get(principal, webhookId)).id, null);
  }

  private async own({ accountId }: Principal, id: string): Promise<PastDelivery> {
    const delivery = isId('dlv', id) ? await this.archive.find(accountId, id) : undefined;
    if (!delivery) throw new AppError('DELIVERY_NOT_FOUND', 'there is no delivery with this id');
    return delivery;
  }

  /** The delivery of the same event to another webhook, if there was one. */
  private async deliveryTo(webhook: Webhook, { accountId, eventId, eventKey }: PastDelivery): Promise<PastDelivery | undefined> {
    const all = await this.archive.deliveriesOf(accountId, eventId);
    // Events of two sources may have one id.
    return all.find((delivery) => delivery.webhookId === webhook.id && (delivery.eventKey ?? eventKey) === eventKey);
  }

  private async eventOf({ accountId, eventKey }: PastDelivery): Promise<DomainEvent> {
    const kept = eventKey === null ? undefined : await this.archive.event(accountId, eventKey);
    if (!kept) throw new AppError('EVENT_DATA_GONE', 'the data of the event is no longer kept, so that it cannot be sent again');
    if (kept.redacted) throw new AppError('EVENT_REDACTED', 'parts of the data of the event are not kept, so that it cannot be sent again');
    return kept.event;
  }

  private async sendAgain(
    principal: Principal,
    event: DomainEvent,
    webhookId: string,
    known: PastDelivery | undefined,
  ): Promise<SentAgain> {
    // The first attempt is the one that the router would ask for, should it still do so.
    const next = known ? nextAttempt(known) : { attempt: 1, wait: 0 };
    const id = known?.id ?? deliveryId(event, webhookId);
    await this.requests.attempt({
      ...next,
      deliveryId: id,
      webhookId,
      trigger: 'redelivery',
      requestedAt: this.now(),
      past: known ? pastOf(known) : null,
      event,
    });
    const { accountId, actor } = principal;
    this.logger.log({ msg: 'delivery.redelivered', accountId, webhookId, deliveryId: id, eventId: event.id, attempt: next.attempt, actor });
    return { deliveryId: id, webhookId, attempt: next.attempt, kind: 'redelivery' };
  }

  private async command(
    principal: Principal,
    command: DeliveryCommandName,
    webhookId: string,
    id: string | null,
    attempt?: number,
  ): Promise<void> {
    const { accountId, actor } = principal;
    await this.requests.command({ webhookId, accountId, command, deliveryId: id, attempt, actor, requestedAt: this.now() });
    this.logger.log({ msg: 'delivery.commanded', command, accountId, webhookId, deliveryId: id, actor });
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
