import { And, ArrayOverlap, type EntityManager, Equal, type FindOptionsWhere, In, LessThan, Not, Raw } from 'typeorm';
import { AppError } from '#libs/kernel';
import { brokenUniqueConstraint, EventStore, type UnitOfWork } from '#libs/persistence';
import type { ServiceOutbox } from '../outbox/index.js';
import type { HealthSelection } from '../webhook-standing/index.js';
import { evolve } from './evolve.js';
import { searchText } from './search-text.js';
import { SecretVault } from './secret-vault.js';
import { fromRow, toRow, WebhookEntity } from './webhook.entity.js';
import type { StoredWebhookEvent, WebhookEvent } from './webhook.events.js';
import { sealedIdsOf, type Webhook } from './webhook.js';
import type { WebhookPublisher } from './webhook.publisher.js';
import {
  type OwnedWebhook,
  type SealedValue,
  type WebhookCommit,
  type WebhookFilter,
  type WebhookQuery,
  WebhookStore,
} from './webhook.store.js';
import './webhook.errors.js';

export const WEBHOOK_EVENTS_TABLE = 'subscription.webhook_events';

export class WebhookPgStore extends WebhookStore {
  private readonly events = new EventStore<WebhookEvent>(WEBHOOK_EVENTS_TABLE);
  private readonly vault = new SecretVault();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: ServiceOutbox,
    private readonly publisher: WebhookPublisher,
  ) {
    super();
  }

  override async load(accountId: string, id: string): Promise<Webhook | undefined> {
    return fold(undefined, await this.history(accountId, id));
  }

  override async history(accountId: string, id: string): Promise<readonly StoredWebhookEvent[]> {
    const events = await this.unitOfWork.read((manager) => this.events.read(manager, id));
    return fold(undefined, events)?.accountId === accountId ? events : [];
  }

  override async find(accountId: string, id: string): Promise<Webhook | undefined> {
    const row = await this.unitOfWork.read((manager) => manager.findOneBy(WebhookEntity, { accountId, id }));
    return row ? fromRow(row) : undefined;
  }

  override async list(accountId: string, query: WebhookQuery): Promise<Webhook[]> {
    const rows = await this.unitOfWork.read((manager) =>
      manager.find(WebhookEntity, { where: conditions(accountId, query), order: { id: 'DESC' }, take: query.limit }),
    );
    return rows.map(fromRow);
  }

  override count(accountId: string, query: WebhookFilter): Promise<number> {
    return this.unitOfWork.read((manager) => manager.count(WebhookEntity, { where: conditions(accountId, query) }));
  }

  override async countByStatus(accountId: string): Promise<Readonly<Record<Webhook['status'], number>>> {
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<{ status: Webhook['status']; count: number }[]>(
        'select w.status, count(*)::integer as count from subscription.webhooks as w where w.account_id = $1 group by w.status',
        [accountId],
      ),
    );
    const counts = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    return { enabled: counts['enabled'] ?? 0, disabled: counts['disabled'] ?? 0 };
  }

  override sealedOf(id: string): Promise<readonly SealedValue[]> {
    return this.unitOfWork.read((manager) => this.vault.of(manager, id));
  }

  override sealedUnderOtherKeys(keyId: string, after: string, limit: number): Promise<readonly OwnedWebhook[]> {
    return this.unitOfWork.read((manager) => this.vault.underOtherKeys(manager, keyId, after, limit));
  }

  override withEndedSecrets(at: string, after: string, limit: number): Promise<readonly OwnedWebhook[]> {
    return this.unitOfWork.read((manager) =>
      manager.query(
        `select w.id, w.account_id as "accountId" from subscription.webhooks as w
          where json_array_length(w.secrets) > 1 and (w.secrets -> 1 ->> 'validUntil')::timestamptz <= $1 and w.id > $2
          order by w.id limit $3`,
        [at, after, limit],
      ),
    );
  }

  override async commit(commit: WebhookCommit): Promise<Webhook | undefined> {
    try {
      const after = await this.unitOfWork.run((transaction) => this.write(transaction, commit));
      this.outbox.wake();
      return after;
    } catch (cause) {
      if (brokenUniqueConstraint(cause) !== 'webhooks_account_name') throw cause;
      const field = { field: 'name', rule: 'unique', message: 'another webhook of the account has this name' };
      throw new AppError('WEBHOOK_NAME_TAKEN', field.message, { cause, fields: [field] });
    }
  }

  private async write(transaction: EntityManager, commit: WebhookCommit): Promise<Webhook | undefined> {
    const { webhookId, before, actor, occurredAt } = commit;
    const append = { streamId: webhookId, expectedVersion: before?.version ?? 0, events: commit.events, actor, occurredAt };
    // First the append: it alone decides who comes first, and the order of the outbox follows from it.
    const events = await this.events.append(transaction, append);
    const after = fold(before, events);
    if (after) await transaction.upsert(WebhookEntity, toRow(after), ['id']);
    else await transaction.delete(WebhookEntity, { id: webhookId });
    await this.vault.put(transaction, webhookId, commit.sealed);
    const sealedById = await this.vault.keepOnly(transaction, webhookId, after ? sealedIdsOf(after) : []);
    const accountId = (after ?? before!).accountId;
    await this.outbox.add(transaction, this.publisher.records(accountId, events, after, sealedById));
    return after;
  }
}

function conditions(accountId: string, query: WebhookFilter & Partial<WebhookQuery>): FindOptionsWhere<WebhookEntity> {
  const { channelId, status, selection, disabledReasons, entries = [], search, after } = query;
  return {
    accountId,
    ...(channelId === undefined ? {} : { channelId }),
    ...statusCondition(status, selection),
    // Before `events`: Postgres checks in this order, and most rows fail a search sooner than a comparison of lists.
    ...(search === undefined ? {} : { searchText: containing(search) }),
    ...(entries.length === 0 ? {} : { events: And(...entries.map((any) => ArrayOverlap([...any]))) }),
    ...(disabledReasons === undefined ? {} : { disabledReason: In(disabledReasons) }),
    ...idCondition(after, selection),
  };
}

function statusCondition(status: Webhook['status'] | undefined, selection: HealthSelection | undefined): FindOptionsWhere<WebhookEntity> {
  const wanted = [status, selection?.status].filter((one) => one !== undefined);
  return wanted.length === 0 ? {} : { status: And(...wanted.map((one) => Equal(one))) };
}

function idCondition(after: string | undefined, selection: HealthSelection | undefined): FindOptionsWhere<WebhookEntity> {
  const conditions = [
    ...(after === undefined ? [] : [LessThan(after)]),
    ...(selection?.among === undefined ? [] : [In(selection.among)]),
    ...(selection?.except === undefined ? [] : [Not(In(selection.except))]),
  ];
  return conditions.length === 0 ? {} : { id: And(...conditions) };
}

/** By `strpos`, half as costly as `like` with a wildcard on both sides, and without characters that mean something. */
function containing(search: string) {
  return Raw((column) => `strpos(${column}, :search) > 0`, { search: searchText(search) });
}

function fold(webhook: Webhook | undefined, events: readonly StoredWebhookEvent[]): Webhook | undefined {
  return events.reduce(evolve, webhook);
}
