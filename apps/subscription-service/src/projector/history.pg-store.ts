import { Logger } from '@nestjs/common';
import { AppError } from '#libs/kernel';
import type { Transaction, UnitOfWork } from '#libs/persistence';
import { storeActivity, storeCircuits, storeStats } from './activity.pg-store.js';
import { batchOf } from './batch.js';
import { storeDeliveries, unknownOutcomes, withTests } from './delivery.pg-store.js';
import { withoutExpunged } from './expunged.pg-store.js';
import { countEvents } from './event-type-days.pg-store.js';
import type { HistoryListener, StoredNews } from './history-listener.js';
import type { HistoryRecord } from './history-record.js';
import { HistoryStore } from './history.store.js';
import { noteUnmatched, storeAttempts, storeEvents } from './payload.pg-store.js';
import './projector.errors.js';
import { subjectOf } from './record-subject.js';
import type { Redaction } from './redaction.js';
import type { StoredEvent } from './stored-event.js';

export class HistoryPgStore extends HistoryStore {
  private readonly logger = new Logger(HistoryPgStore.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly redaction: Redaction,
    private readonly listener: HistoryListener,
    /** Milliseconds since the epoch: what happened before is not kept any more. */
    private readonly keptFrom: () => number = () => -Infinity,
  ) {
    super();
  }

  override async store(records: readonly HistoryRecord[], generation: number): Promise<void> {
    const from = this.keptFrom();
    const kept = records.filter((record) => record.kind === 'health' || !((subjectOf(record)?.at ?? Infinity) < from));
    await this.unitOfWork.run(async (transaction) => {
      const rebuiltAt = await shareProjection(transaction, generation);
      await this.redaction.refresh(transaction);
      await this.write(transaction, await withoutExpunged(transaction, kept), rebuiltAt);
    });
  }

  private async write(transaction: Transaction, records: readonly HistoryRecord[], rebuiltAt: number): Promise<void> {
    const batch = batchOf(records, rebuiltAt);
    const newEvents = await storeEvents(transaction, batch.events, this.redaction);
    const inserted = await storeAttempts(transaction, batch.attempts, this.redaction);
    const attempts = batch.attempts.filter(({ id }) => inserted.has(id));
    // From here on one transaction after another: what is news, and what listeners make of it, depends on what those before have
    // stored. Rows of the tables above may be waited for before, never from here on, so that nobody waits in a circle.
    await transaction.query("select pg_advisory_xact_lock(hashtextextended('history.facts', 0))");
    const outcomes = (await unknownOutcomes(transaction, batch.outcomes)).filter((outcome) => batch.isNews(outcome));
    await storeDeliveries(transaction, batch.deliveries);
    const isNew = ({ key }: StoredEvent): boolean => newEvents.has(key);
    await noteUnmatched(
      transaction,
      batch.events.filter((event) => !isNew(event)),
    );
    await countEvents(transaction, batch.events.filter(isNew));
    await storeStats(transaction, attempts);
    await storeActivity(transaction, attempts);
    const health = await storeCircuits(transaction, batch.health);
    await this.tell(transaction, {
      attempts: attempts.filter((attempt) => batch.isNews(attempt)),
      outcomes: await withTests(transaction, outcomes),
      health: health.filter((state) => batch.isNews(state)),
    });
  }

  private async tell(transaction: Transaction, news: StoredNews): Promise<void> {
    if (news.attempts.length + news.outcomes.length + news.health.length === 0) return;
    await transaction.query('savepoint listener');
    try {
      await this.listener.stored(transaction, news);
    } catch (err) {
      if (err instanceof AppError && err.code === 'DATABASE_UNAVAILABLE') throw err;
      // The history goes on: a fault of who listens must not stop it. On a broken connection this throws in its turn.
      await transaction.query('rollback to savepoint listener');
      this.logger.error({ err, attempts: news.attempts.length }, 'history.listener-failed');
    }
    await transaction.query('release savepoint listener');
  }
}

/** Holds off rebuilds and expunges until the end of the transaction. @returns when the history was last rebuilt, in milliseconds */
async function shareProjection(transaction: Transaction, generation: number): Promise<number> {
  const [row] = await transaction.query<{ generation: number; rebuilt_at: Date | null }[]>(
    'select p.generation, p.rebuilt_at from history.projection as p where p.id = 1 and not p.resetting for share',
  );
  if (row?.generation !== generation) throw new AppError('HISTORY_REBUILDING', 'the history is being rebuilt');
  return row.rebuilt_at?.getTime() ?? 0;
}
