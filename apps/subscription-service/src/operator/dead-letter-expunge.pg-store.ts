import type { UnitOfWork } from '#libs/persistence';
import { ExpungeParty, type Tombstone } from '../projector/index.js';

const COLUMN = { event: 'event_id', webhook: 'webhook_id', account: 'account_id' } as const;

/** Forgets the dead letters of which it can be told that they are of the subject, and those of it that are still to be read. */
export class DeadLetterExpungePgStore extends ExpungeParty {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override forget({ accountId, kind, subject, expungedAt }: Tombstone): Promise<number> {
    return this.unitOfWork.run(async (transaction) => {
      await transaction.query("select pg_advisory_xact_lock(hashtextextended('operations.forgotten', 0))");
      await transaction.query(
        `insert into operations.forgotten as f (account_id, kind, subject, forgotten_at) values ($1, $2, $3, $4)
             on conflict (account_id, kind, subject) do update set forgotten_at = greatest(f.forgotten_at, excluded.forgotten_at)`,
        [accountId, kind, subject, expungedAt],
      );
      const [row] = await transaction.query<{ count: number }[]>(
        `with gone as (
           delete from operations.dead_letters as d where d.account_id = $1 and d.${COLUMN[kind]} = $2 and ($3 or d.received_at <= $4)
           returning 1
         ) select count(*)::integer as count from gone`,
        [accountId, subject, kind === 'event', expungedAt],
      );
      return row!.count;
    });
  }
}
