import type { UnitOfWork } from '#libs/persistence';
import type { WebhookActivityRow } from '../history-schema/index.js';
import type { Trouble } from './health-state.js';
import type { LastEvent } from './standing.js';
import { type HourRow, type KnownCircuit, type RecentAttempts, StandingStore } from './standing.store.js';

/** How many of the latest attempts "n of m attempts failed" looks at. */
const RECENT = 10;

export class StandingPgStore extends StandingStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async lastEvents(accountId: string, webhookIds: readonly string[]): Promise<ReadonlyMap<string, LastEvent>> {
    const rows = await this.rows<WebhookActivityRow>(
      `select a.webhook_id, a.event_type, a.attempted_at, a.status, a.status_code, a.attempt_id
         from history.webhook_activity as a where a.webhook_id = any($2::text[]) and a.account_id = $1`,
      [accountId, webhookIds],
    );
    return new Map(rows.map((row) => [row.webhook_id, lastEventOf(row)]));
  }

  override async hours(accountId: string, webhookIds: readonly string[], from: number): Promise<readonly HourRow[]> {
    const rows = await this.rows<{ webhook_id: string; start: Date; succeeded: number; failed: number }>(
      `select s.webhook_id, s.start, s.succeeded, s.failed
         from history.stat_buckets as s
        where s.webhook_id = any($2::text[]) and s.account_id = $1 and s.seconds = 3600 and s.start >= $3`,
      [accountId, webhookIds, new Date(from)],
    );
    return rows.map(({ webhook_id: webhookId, start, succeeded, failed }) => ({ webhookId, start: start.getTime(), succeeded, failed }));
  }

  override async circuits(
    accountId: string,
    webhookIds: readonly string[],
    failingBefore: Date,
  ): Promise<ReadonlyMap<string, KnownCircuit>> {
    const rows = await this.rows<KnownCircuit>(
      `select c.*, ${troubleSql('$3')} as trouble from history.circuits as c where c.webhook_id = any($2::text[]) and c.account_id = $1`,
      [accountId, webhookIds, failingBefore],
    );
    return new Map(rows.map((row) => [row.webhook_id, row]));
  }

  override async inTrouble(accountId: string, troubles: readonly Trouble[], failingBefore: Date): Promise<readonly string[]> {
    const rows = await this.rows<{ webhook_id: string }>(
      `select c.webhook_id from history.circuits as c where c.account_id = $1 and ${troubleSql('$3')} = any($2::text[])`,
      [accountId, troubles, failingBefore],
    );
    return rows.map(({ webhook_id }) => webhook_id);
  }

  override async recentAttempts(webhookIds: readonly string[]): Promise<readonly RecentAttempts[]> {
    return this.rows<RecentAttempts>(
      `select w.id as "webhookId", recent.attempts as "recentAttempts", recent.failures as "recentFailures"
         from unnest($1::text[]) as w (id),
              lateral (select count(*)::integer as attempts, (count(*) filter (where a.status = 'failed'))::integer as failures
                         from (select a.status from history.attempts as a
                                where a.webhook_id = w.id and a.trigger <> 'test'
                                order by a.id desc limit ${RECENT}) as a) as recent`,
      [webhookIds],
    );
  }

  override async waiting(webhookIds: readonly string[], most: number): Promise<ReadonlyMap<string, number>> {
    const rows = await this.rows<{ id: string; waiting: number }>(
      `select w.id, waiting.n as waiting
         from unnest($1::text[]) as w (id),
              lateral (select count(*)::integer as n
                         from (select from history.deliveries as d
                                where d.webhook_id = w.id and d.state in ('pending', 'retrying') limit $2) as d) as waiting`,
      [webhookIds, most],
    );
    return new Map(rows.map(({ id, waiting }) => [id, waiting]));
  }

  private rows<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.unitOfWork.read((manager) => manager.query<Row[]>(sql, parameters));
  }
}

/** The trouble of an endpoint, or null, over `history.circuits as c`. @param failingBefore a placeholder */
function troubleSql(failingBefore: string): string {
  return `case c.circuit when 'open' then 'paused' when 'half-open' then 'probing'
                         else case when c.failing_since < ${failingBefore} then 'failing' end end`;
}

function lastEventOf(row: WebhookActivityRow): LastEvent {
  const { event_type: type, attempted_at: time, status, status_code: statusCode, attempt_id: attemptId } = row;
  return { type, time: time.toISOString(), status, statusCode, attemptId };
}
