import { type DomainEvent, parseRfc3339 } from '#libs/contracts';
import type { Transaction, UnitOfWork } from '#libs/persistence';
import type { EventRow } from '../history-schema/index.js';
import { domainEvent } from './delivery-archive.pg-store.js';
import {
  type Gathered,
  type MissedItem,
  type Page,
  type PageRead,
  type Progress,
  type RedeliveryItem,
  RedeliveryItems,
} from './redelivery-items.js';
import { pageSql, WAIT_COLUMN } from './selected-deliveries.js';

interface ItemRow {
  readonly delivery_id: string;
  readonly webhook_id: string;
  readonly event_key: string | null;
  readonly kept: boolean;
  readonly attempt: number;
  readonly wait: number;
}

interface PageRow {
  readonly last: string | null;
  readonly looked: number;
  readonly selected: number;
}

export class RedeliveryItemsPgStore extends RedeliveryItems {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async count(page: Page): Promise<PageRead> {
    const { sql, parameters } = pageSql(page);
    const [row] = await this.query<PageRow>(
      `with ${sql} select max(id) as last, count(*)::integer as looked, count(*) filter (where selected)::integer as selected from page`,
      parameters,
    );
    return { next: nextOf(row!, page), selected: row!.selected };
  }

  override gather(id: string, page: Page, gatheredAfter: (next: string | null) => Gathered): Promise<void> {
    const { sql, parameters } = pageSql(page, 2);
    return this.unitOfWork.run(async (transaction) => {
      const [row] = await transaction.query<PageRow[]>(
        `with ${sql}, added as (
           insert into subscription.redelivery_items (redelivery_id, delivery_id, webhook_id, event_key, kept, attempt, wait)
           select $1, d.id, d.webhook_id, d.event_key, false, d.attempts + 1, ${WAIT_COLUMN} from page d where d.selected
               on conflict do nothing returning 1
         ), counted as (
           update subscription.redeliveries set count = count + (select count(*) from added) where id = $1
         )
         select max(id) as last, count(*)::integer as looked, 0 as selected from page`,
        [id, ...parameters],
      );
      await saveGathered(transaction, id, gatheredAfter(nextOf(row!, page)));
    });
  }

  override async stillMissed(accountId: string, items: readonly MissedItem[]): Promise<ReadonlySet<string>> {
    const rows = await this.query<{ id: string }>(
      `select n.id from unnest($2::text[], $3::text[], $4::text[], $5::float8[]) as n (id, webhook_id, event_id, at)
        where not exists (select from history.deliveries d where d.id = n.id)
          and not exists (select from history.expunged e
                           where e.account_id = $1
                             and (e.kind = 'event' and e.subject = n.event_id
                                  or (e.kind = 'webhook' and e.subject = n.webhook_id or e.kind = 'account') and e.expunged_at >= to_timestamp(n.at)))`,
      [
        accountId,
        items.map(({ deliveryId }) => deliveryId),
        items.map(({ webhookId }) => webhookId),
        items.map(({ event }) => event.id),
        items.map(({ event }) => (parseRfc3339(event.time) ?? 0) / 1000),
      ],
    );
    return new Set(rows.map(({ id }) => id));
  }

  override async addMissed(id: string, items: readonly MissedItem[], gathered: Gathered): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const added = await insertItems(transaction, id, items);
      await insertEvents(transaction, id, items);
      await transaction.query('update subscription.redeliveries set count = count + $2 where id = $1', [id, added]);
      await saveGathered(transaction, id, gathered);
    });
  }

  override async waiting(id: string, limit: number): Promise<RedeliveryItem[]> {
    const rows = await this.query<ItemRow>(
      `select delivery_id, webhook_id, event_key, kept, attempt, wait from subscription.redelivery_items
        where redelivery_id = $1 and state = 'waiting' order by delivery_id limit $2`,
      [id, limit],
    );
    return rows.map((row) => ({
      deliveryId: row.delivery_id,
      webhookId: row.webhook_id,
      eventKey: row.event_key,
      kept: row.kept,
      attempt: row.attempt,
      wait: row.wait,
    }));
  }

  override async keptEvents(id: string, keys: readonly string[]): Promise<ReadonlyMap<string, DomainEvent>> {
    const rows = await this.query<EventRow>(
      'select * from subscription.redelivery_events where redelivery_id = $1 and key = any($2::text[])',
      [id, keys],
    );
    return new Map(rows.map((row) => [row.key, domainEvent(row)]));
  }

  override async tell(id: string, { sent, skipped }: Progress): Promise<void> {
    await this.query(
      `with told as (
         update subscription.redelivery_items i set state = n.state
           from (select unnest($2::text[]) as delivery_id, 'sent' as state union all select unnest($3::text[]), 'skipped') as n
          where i.redelivery_id = $1 and i.delivery_id = n.delivery_id and i.state = 'waiting'
         returning i.state
       )
       update subscription.redeliveries set sent = sent + (select count(*) from told where state = 'sent'),
                                            skipped = skipped + (select count(*) from told where state = 'skipped')
        where id = $1`,
      [id, sent, skipped],
    );
  }

  private query<T>(sql: string, parameters: readonly unknown[]): Promise<T[]> {
    return this.unitOfWork.read((manager) => manager.query<T[]>(sql, [...parameters]));
  }
}

function nextOf({ last, looked }: PageRow, { limit }: Page): string | null {
  return looked < limit ? null : last;
}

async function saveGathered(transaction: Transaction, id: string, gathered: Gathered): Promise<void> {
  await transaction.query('update subscription.redeliveries set gathered = $2 where id = $1', [id, JSON.stringify(gathered)]);
}

/** @returns how many were not in it yet */
export async function insertItems(transaction: Transaction, id: string, items: readonly RedeliveryItem[]): Promise<number> {
  if (items.length === 0) return 0;
  const column = <T>(of: (item: RedeliveryItem) => T): T[] => items.map(of);
  const added = await transaction.query<unknown[]>(
    `insert into subscription.redelivery_items (redelivery_id, delivery_id, webhook_id, event_key, kept, attempt, wait)
     select $1, n.* from unnest($2::text[], $3::text[], $4::text[], $5::boolean[], $6::integer[], $7::integer[]) as n
         on conflict do nothing returning 1`,
    [
      id,
      column(({ deliveryId }) => deliveryId),
      column(({ webhookId }) => webhookId),
      column(({ eventKey }) => eventKey),
      column(({ kept }) => kept),
      column(({ attempt }) => attempt),
      column(({ wait }) => wait),
    ],
  );
  return added.length;
}

async function insertEvents(transaction: Transaction, id: string, items: readonly MissedItem[]): Promise<void> {
  if (items.length === 0) return;
  const column = <T>(of: (event: DomainEvent) => T): T[] => items.map(({ event }) => of(event));
  await transaction.query(
    `insert into subscription.redelivery_events (redelivery_id, key, account_id, source, event_id, event_type, event_time, channel_id, context,
                                                 data_content_type, traceparent, data)
     select $1, n.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                                $11::text[], $12::bytea[]) as n
         on conflict do nothing`,
    [
      id,
      items.map(({ eventKey }) => eventKey),
      column(({ accountId }) => accountId),
      column(({ source }) => source),
      column((event) => event.id),
      column(({ type }) => type),
      column(({ time }) => time),
      column(({ channelId }) => channelId ?? null),
      column(({ context }) => context ?? null),
      column(({ dataContentType }) => dataContentType ?? null),
      column(({ traceparent }) => traceparent ?? null),
      column(({ data }) => data),
    ],
  );
}
