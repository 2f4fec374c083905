import type { DomainEvent } from '#libs/contracts';
import type { UnitOfWork } from '#libs/persistence';
import type { DeliveryRow, EventRow } from '../history-schema/index.js';
import { DeliveryArchive, type KeptEvent } from './delivery-archive.js';
import type { PastDelivery } from './past-delivery.js';

type Row = Pick<
  DeliveryRow,
  | 'id'
  | 'webhook_id'
  | 'account_id'
  | 'event_id'
  | 'test'
  | 'event_key'
  | 'state'
  | 'attempts'
  | 'first_attempt_at'
  | 'last_status_code'
  | 'last_error_class'
  | 'outcome_reason'
  | 'outcome_at'
>;

const COLUMNS = `d.id, d.webhook_id, d.account_id, d.event_id, d.test, d.event_key, d.state, d.attempts, d.first_attempt_at,
                 d.last_status_code, d.last_error_class, d.outcome_reason, d.outcome_at`;

export class DeliveryArchivePgStore extends DeliveryArchive {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async find(accountId: string, deliveryId: string): Promise<PastDelivery | undefined> {
    const found = (await this.deliveries([deliveryId])).get(deliveryId);
    return found?.accountId === accountId ? found : undefined;
  }

  override async deliveries(deliveryIds: readonly string[]): Promise<ReadonlyMap<string, PastDelivery>> {
    const rows = await this.query<Row>(`select ${COLUMNS} from history.deliveries d where d.id = any($1::text[])`, [deliveryIds]);
    return new Map(rows.map((row) => [row.id, pastDelivery(row)]));
  }

  override async deliveriesOf(accountId: string, eventId: string): Promise<readonly PastDelivery[]> {
    const rows = await this.query<Row>(
      `select ${COLUMNS} from history.deliveries d where d.event_id = $2 and d.account_id = $1 and not d.test`,
      [accountId, eventId],
    );
    return rows.map(pastDelivery);
  }

  override async event(accountId: string, key: string): Promise<KeptEvent | undefined> {
    const found = (await this.events([key])).get(key);
    return found?.event.accountId === accountId ? found : undefined;
  }

  override async events(keys: readonly string[]): Promise<ReadonlyMap<string, KeptEvent>> {
    const rows = await this.query<EventRow>('select * from history.events where key = any($1::text[])', [keys]);
    return new Map(rows.map((row) => [row.key, keptEvent(row)]));
  }

  override async eventOf(accountId: string, eventId: string, source: string | undefined): Promise<KeptEvent | undefined> {
    const [row] = await this.query<EventRow>(
      `select * from history.events where event_id = $2 and account_id = $1 ${source === undefined ? '' : 'and source = $3'}
        order by key desc limit 1`,
      [accountId, eventId, ...(source === undefined ? [] : [source])],
    );
    return row && keptEvent(row);
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.read((manager) => manager.query<T[]>(sql, parameters));
  }
}

function pastDelivery(row: Row): PastDelivery {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    accountId: row.account_id,
    eventId: row.event_id,
    test: row.test,
    eventKey: row.event_key,
    state: row.state,
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at?.toISOString() ?? null,
    lastStatusCode: row.last_status_code,
    lastErrorClass: row.last_error_class,
    discardReason: row.outcome_reason,
    endedAt: row.outcome_at?.getTime() ?? null,
  };
}

function keptEvent(row: EventRow): KeptEvent {
  return { key: row.key, redacted: row.redacted, event: domainEvent(row) };
}

/** An event out of a row that has these columns. */
export function domainEvent(row: Omit<EventRow, 'key' | 'redacted'>): DomainEvent {
  return {
    id: row.event_id,
    source: row.source,
    type: row.event_type,
    time: row.event_time,
    accountId: row.account_id,
    channelId: row.channel_id ?? undefined,
    context: row.context ?? undefined,
    dataContentType: row.data_content_type ?? undefined,
    traceparent: row.traceparent ?? undefined,
    data: row.data,
  };
}
