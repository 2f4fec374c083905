import type { Transaction, UnitOfWork } from '#libs/persistence';
import { idBound } from '../history-schema/index.js';
import type { DeadLetterSummary, LetterHeader, StoredDeadLetter } from './dead-letter.js';
import { type DeadLetterQuery, DeadLetterStore } from './dead-letter.store.js';

interface SummaryRow {
  readonly id: string;
  readonly received_at: Date;
  readonly topic: string | null;
  readonly partition: number | null;
  readonly record_offset: string | null;
  readonly reason: string;
  readonly key: Buffer | null;
  readonly value_omitted: boolean;
  readonly republished_at: Date | null;
  readonly republished_by: string | null;
}

const COLUMNS = `d.id, d.received_at, d.topic, d.partition, d.record_offset, d.reason, d.key, d.value_omitted,
                 d.republished_at, d.republished_by`;
const START_BYTES = 400;

/** Reads schema `operations` through the service's own connections, so that a mark and its audit entry are one transaction. */
export class DeadLetterPgStore extends DeadLetterStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async list({ reason, topic, republished, from, to, after, limit }: DeadLetterQuery): Promise<DeadLetterSummary[]> {
    const values: unknown[] = [limit];
    const given: Record<string, unknown> = {
      'd.reason =': reason,
      'd.topic =': topic,
      'd.id <': after,
      'd.id >=': from === undefined ? undefined : idBound('dl', from),
    };
    const conditions = Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([condition, value]) => `${condition} $${values.push(value)}`);
    if (to !== undefined) conditions.push(`d.id < $${values.push(idBound('dl', to))}`);
    if (republished !== undefined) conditions.push(`d.republished_at is ${republished ? 'not ' : ''}null`);
    const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<(SummaryRow & { size: number | null; start: Buffer | null })[]>(
        `select ${COLUMNS}, length(d.value) as size, substring(d.value from 1 for ${START_BYTES}) as start
           from operations.dead_letters as d ${where} order by d.id desc limit $1`,
        values,
      ),
    );
    return rows.map((row) => ({ ...common(row), size: row.size, start: row.start }));
  }

  override async find(id: string): Promise<StoredDeadLetter | undefined> {
    return this.unitOfWork.read((manager) => one(manager, id, ''));
  }

  override async lock(transaction: Transaction, id: string): Promise<StoredDeadLetter | undefined> {
    return one(transaction, id, 'for update');
  }

  override async markRepublished(transaction: Transaction, id: string, at: string, by: string): Promise<void> {
    await transaction.query('update operations.dead_letters as d set republished_at = $2, republished_by = $3 where d.id = $1', [
      id,
      at,
      by,
    ]);
  }
}

async function one(session: Transaction, id: string, locking: '' | 'for update'): Promise<StoredDeadLetter | undefined> {
  const [row] = await session.query<(SummaryRow & { value: Buffer | null; headers: string })[]>(
    `select ${COLUMNS}, d.value, d.headers from operations.dead_letters as d where d.id = $1 ${locking}`,
    [id],
  );
  return row && { ...common(row), value: row.value, headers: headersOf(row.headers) };
}

function common(row: SummaryRow) {
  const { id, topic, partition, reason, key, republished_at: at, republished_by: by } = row;
  return {
    ...{ id, topic, partition, reason, key },
    receivedAt: row.received_at.getTime(),
    offset: row.record_offset,
    valueOmitted: row.value_omitted,
    republished: at === null ? null : { at: at.toISOString(), by: by ?? '' },
  };
}

function headersOf(text: string): LetterHeader[] {
  return (JSON.parse(text) as [string, string][]).map(([name, value]) => ({ name, value: Buffer.from(value, 'base64') }));
}
