import type { Transaction } from '#libs/persistence';
import { QUIET, type Standing } from './standing.js';
import { type KnownStanding, StandingStore } from './standing.store.js';

interface StandingRow {
  readonly webhook_id: string;
  readonly account_id: string;
  readonly standing: string;
  readonly look_at: Date | null;
}

const COLUMNS = 's.webhook_id, s.account_id, s.standing, s.look_at';

export class StandingPgStore extends StandingStore {
  override async begin(transaction: Transaction, webhooks: ReadonlyMap<string, string>): Promise<void> {
    if (webhooks.size === 0) return;
    const rows = [...webhooks].sort(([a], [b]) => (a < b ? -1 : 1));
    await transaction.query(
      `insert into notifications.standings (webhook_id, account_id, standing)
       select n.webhook_id, n.account_id, $3 from unnest($1::text[], $2::text[]) as n (webhook_id, account_id)
           on conflict (webhook_id) do nothing`,
      [rows.map(([webhookId]) => webhookId), rows.map(([, accountId]) => accountId), JSON.stringify(QUIET)],
    );
  }

  override async lock(transaction: Transaction, webhookIds: readonly string[]): Promise<KnownStanding[]> {
    const rows = await transaction.query<StandingRow[]>(
      `select ${COLUMNS} from notifications.standings as s where s.webhook_id = any($1) order by s.webhook_id for update`,
      [webhookIds],
    );
    return rows.map(fromRow);
  }

  override async lockDue(transaction: Transaction, now: number, limit: number): Promise<KnownStanding[]> {
    const rows = await transaction.query<StandingRow[]>(
      `select ${COLUMNS} from notifications.standings as s where s.look_at <= $1 order by s.look_at limit $2 for update skip locked`,
      [new Date(now), limit],
    );
    return rows.map(fromRow);
  }

  override async save(transaction: Transaction, standings: readonly KnownStanding[]): Promise<void> {
    if (standings.length === 0) return;
    await transaction.query(
      `update notifications.standings as s set standing = n.standing, look_at = n.look_at
         from unnest($1::text[], $2::text[], $3::timestamptz[]) as n (webhook_id, standing, look_at)
        where s.webhook_id = n.webhook_id`,
      [
        standings.map(({ webhookId }) => webhookId),
        standings.map(({ standing }) => JSON.stringify(standing)),
        standings.map(({ lookAt }) => (lookAt === null ? null : new Date(lookAt))),
      ],
    );
  }

  override async remove(transaction: Transaction, webhookIds: readonly string[]): Promise<void> {
    if (webhookIds.length === 0) return;
    await transaction.query('delete from notifications.standings as s where s.webhook_id = any($1)', [webhookIds]);
  }
}

function fromRow(row: StandingRow): KnownStanding {
  return {
    webhookId: row.webhook_id,
    accountId: row.account_id,
    standing: JSON.parse(row.standing) as Standing,
    lookAt: row.look_at?.getTime() ?? null,
  };
}
