import { Logger } from '@nestjs/common';
import { AppError, type Clock, isId } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import type { Principal } from '../auth/index.js';
import { newRepeatableId } from '../idempotency/index.js';
import type { EventRecipients, EventRequest } from './event-recipients.js';
import type { SelectionCount } from './selection-count.js';
import type { DryRun, Narrowing, Redelivery, RedeliveryResults, Selectable, Selection } from './redelivery.js';
import type { OwnWebhooks } from './redelivery.service.js';
import type { RedeliveryItem } from './redelivery-items.js';
import type { RedeliveryQuery, RedeliveryStore } from './redelivery.store.js';
import './redelivery.errors.js';

/** What a caller wants to go out again. */
export interface SelectionRequest extends Narrowing {
  readonly since: string;
  readonly until?: string | undefined;
  readonly statuses?: readonly Selectable[] | undefined;
  readonly eventTypes?: readonly string[] | undefined;
}

/** Begins, shows and ends redeliveries; who works on them is `RedeliveryWorker`. */
export class RedeliveryJobs {
  private readonly logger = new Logger(RedeliveryJobs.name);

  constructor(
    private readonly store: RedeliveryStore,
    private readonly webhooks: OwnWebhooks,
    private readonly counted: SelectionCount,
    private readonly recipients: EventRecipients,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `WEBHOOK_NOT_FOUND`, `WEBHOOK_DISABLED`, `VALIDATION_FAILED` */
  async ofWebhook(principal: Principal, webhookId: string, asked: SelectionRequest): Promise<Redelivery> {
    const webhook = await this.webhooks.get(principal, webhookId);
    if (webhook.status === 'disabled') throw new AppError('WEBHOOK_DISABLED', 'the webhook is disabled: enable it first');
    const selection = this.selectionOf(asked);
    return this.add(principal, { kind: 'webhook', webhookId: webhook.id, eventId: null, selection, status: 'preparing' });
  }

  /** What `ofWebhook` would be about. @throws AppError `WEBHOOK_NOT_FOUND`, `VALIDATION_FAILED` */
  async count(principal: Principal, webhookId: string, asked: SelectionRequest): Promise<DryRun> {
    const webhook = await this.webhooks.get(principal, webhookId);
    const selection = this.selectionOf(asked);
    return { accountId: principal.accountId, webhookId: webhook.id, selection, ...(await this.counted.count(webhook, selection)) };
  }

  /** @throws AppError `EVENT_NOT_FOUND`, `EVENT_REDACTED`, `WEBHOOK_NOT_FOUND`, `WEBHOOK_DISABLED`, `VALIDATION_FAILED` */
  async ofEvent(principal: Principal, eventId: string, asked: EventRequest): Promise<Redelivery> {
    const { to, webhookId } = asked;
    if ((to === 'webhook') !== (webhookId !== undefined)) {
      const message = to === 'webhook' ? 'webhookId is required' : 'webhookId goes with to: webhook alone';
      throw validationFailed([{ field: 'webhookId', rule: to === 'webhook' ? 'required' : 'forbidden', message }]);
    }
    const items = await this.recipients.of(principal, eventId, asked);
    return this.add(principal, { kind: 'event', webhookId: webhookId ?? null, eventId, selection: null, status: 'running' }, items);
  }

  /** @throws AppError `REDELIVERY_NOT_FOUND` */
  async get(principal: Principal, id: string): Promise<{ readonly redelivery: Redelivery; readonly results: RedeliveryResults }> {
    const redelivery = await this.own(principal, id);
    return { redelivery, results: await this.store.results(id) };
  }

  /** Newest first. `next` is the id before which the next page begins, or null. */
  async list({ accountId }: Principal, { limit, ...asked }: RedeliveryQuery): Promise<{ rows: Redelivery[]; next: string | null }> {
    const rows = await this.store.list(accountId, { ...asked, limit: limit + 1 });
    return { rows: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]!.id : null };
  }

  /** What was sent stays sent. One that is cancelled already stays so. @throws AppError `REDELIVERY_NOT_FOUND`, `REDELIVERY_ENDED` */
  async cancel(principal: Principal, id: string): Promise<{ readonly redelivery: Redelivery; readonly results: RedeliveryResults }> {
    await this.own(principal, id);
    const ended = await this.store.end(id, 'cancelled', null);
    const redelivery = ended ?? (await this.own(principal, id));
    if (redelivery.status !== 'cancelled') throw new AppError('REDELIVERY_ENDED', `the redelivery has ended: ${redelivery.status}`);
    if (ended) this.logger.log({ msg: 'redelivery.cancelled', accountId: principal.accountId, redeliveryId: id, actor: principal.actor });
    return { redelivery, results: await this.store.results(id) };
  }

  private async own({ accountId }: Principal, id: string): Promise<Redelivery> {
    const redelivery = isId('rdl', id) ? await this.store.find(accountId, id) : undefined;
    if (!redelivery) throw new AppError('REDELIVERY_NOT_FOUND', 'there is no redelivery with this id');
    return redelivery;
  }

  private async add(
    { accountId, actor }: Principal,
    about: Pick<Redelivery, 'kind' | 'webhookId' | 'eventId' | 'selection' | 'status'>,
    items: readonly RedeliveryItem[] = [],
  ): Promise<Redelivery> {
    const now = this.clock.now();
    const createdAt = new Date(now).toISOString();
    const redelivery: Redelivery = {
      ...about,
      id: newRepeatableId('rdl', now),
      accountId,
      count: items.length,
      sent: 0,
      skipped: 0,
      problem: null,
      createdAt,
      createdBy: actor,
      startedAt: about.status === 'running' ? createdAt : null,
      completedAt: null,
    };
    await this.store.add(redelivery, items);
    const { id, kind, webhookId, eventId, selection } = redelivery;
    this.logger.log({ msg: 'redelivery.begun', accountId, redeliveryId: id, kind, webhookId, eventId, selection, actor });
    return redelivery;
  }

  private selectionOf({ since, until, statuses, eventTypes, ...narrowing }: SelectionRequest): Selection {
    const now = this.clock.now();
    const [from, to] = [Date.parse(since), until === undefined ? now : Math.min(now, Date.parse(until))];
    if (!(from < to)) throw validationFailed([{ field: 'since', rule: 'range', message: 'since must be before until, and in the past' }]);
    const times = { since: new Date(from).toISOString(), until: new Date(to).toISOString() };
    return { ...times, statuses: statuses ?? null, eventTypes: eventTypes ?? null, narrowing };
  }
}
