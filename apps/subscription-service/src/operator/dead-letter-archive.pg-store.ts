import type { UnitOfWork } from '#libs/persistence';
import { idBound } from '../history-schema/index.js';
import type { DeadLetter } from './dead-letter.js';
import { DeadLetterArchive } from './dead-letter.store.js';
import { subjectOfLetter } from './letter-subject.js';

export class DeadLetterArchivePgStore extends DeadLetterArchive {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async keep(letters: readonly DeadLetter[]): Promise<void> {
    const column = <T>(of: (letter: DeadLetter) => T): T[] => letters.map(of);
    const subjects = letters.map(subjectOfLetter);
    await this.unitOfWork.run(async (transaction) => {
      // Who forgets waits for this transaction, or this one sees what is to be forgotten.
      await transaction.query("select pg_advisory_xact_lock_shared(hashtextextended('operations.forgotten', 0))");
      await transaction.query(
        `insert into operations.dead_letters as d
           (id, received_at, topic, partition, record_offset, reason, key, value, headers, value_omitted, account_id, webhook_id, event_id)
         select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::bytea[], $8::bytea[],
                              $9::text[], $10::boolean[], $11::text[], $12::text[], $13::text[])
                    as n (id, received_at, topic, partition, record_offset, reason, key, value, headers, value_omitted,
                          account_id, webhook_id, event_id)
          where not exists (select from operations.forgotten as f
                             where f.account_id = n.account_id
                               and (f.kind = 'event' and f.subject = n.event_id
                                    or f.kind = 'webhook' and f.subject = n.webhook_id and n.received_at <= f.forgotten_at
                                    or f.kind = 'account' and n.received_at <= f.forgotten_at))
         on conflict (id) do nothing`,
        [
          column(({ id }) => id),
          column(({ receivedAt }) => new Date(receivedAt)),
          column(({ topic }) => topic),
          column(({ partition }) => partition),
          column(({ offset }) => offset),
          column(({ reason }) => reason),
          column(({ key }) => key),
          column(({ value }) => value),
          column(({ headers }) => JSON.stringify(headers.map(({ name, value }) => [name, value.toString('base64')]))),
          column(({ valueOmitted }) => valueOmitted),
          subjects.map(({ accountId }) => accountId),
          subjects.map(({ webhookId }) => webhookId),
          subjects.map(({ eventId }) => eventId),
        ],
      );
    });
  }

  override async forget(before: number): Promise<number> {
    const forgotten = await this.unitOfWork.run((transaction) =>
      transaction.query<unknown[]>(
        'with gone as (delete from operations.dead_letters as d where d.id < $1 returning 1) select count(*)::integer as count from gone',
        [idBound('dl', before)],
      ),
    );
    return (forgotten as { count: number }[])[0]!.count;
  }
}
