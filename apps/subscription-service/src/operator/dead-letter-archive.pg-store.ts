import type { UnitOfWork } from '#libs/persistence';
import { idBound } from '../history-schema/index.js';
import type { DeadLetter } from './dead-letter.js';
import { DeadLetterArchive } from './dead-letter.store.js';

export class DeadLetterArchivePgStore extends DeadLetterArchive {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async keep(letters: readonly DeadLetter[]): Promise<void> {
    const column = <T>(of: (letter: DeadLetter) => T): T[] => letters.map(of);
    await this.unitOfWork.run((transaction) =>
      transaction.query(
        `insert into operations.dead_letters as d
           (id, received_at, topic, partition, record_offset, reason, key, value, headers, value_omitted)
         select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::bytea[], $8::bytea[],
                              $9::text[], $10::boolean[])
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
        ],
      ),
    );
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
