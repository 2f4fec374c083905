import { ERROR_CLASSES, type ErrorClass } from '#libs/contracts';
import type { UnitOfWork } from '#libs/persistence';
import { LATENCY_BOUNDS_MS } from '../history-schema/index.js';
import type { OutcomeClass } from './outcome-classes.js';
import { emptyCounts, type RawCounts } from './stat-counts.js';
import type { StatRange } from './stat-range.js';
import { type CountedBucket, StatStore } from './stat.store.js';

const HOUR_MS = 3_600_000;
/** As what the attempts of a whole account are counted. */
const EVERY_WEBHOOK = '';

const OUTCOME_OF: Readonly<Record<ErrorClass, OutcomeClass>> = {
  ...{ http_3xx: 'http3xx', http_4xx: 'http4xx', http_5xx: 'http5xx', timeout: 'timeout', policy: 'policy' },
  ...{ dns: 'connection', connect: 'connection', tls: 'connection', reset: 'connection', protocol: 'connection' },
};

interface Row {
  readonly start: Date;
  readonly succeeded: number;
  readonly failed: number;
  readonly deliveries: number;
  /** In the order of `ERROR_CLASSES`. */
  readonly errors: readonly number[];
  readonly latency: readonly number[];
}

export class StatPgStore extends StatStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async buckets(accountId: string, webhookId: string | undefined, { from, to, bucketMs }: StatRange): Promise<CountedBucket[]> {
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<Row[]>(
        `select date_bin($6::interval, s.start, timestamptz 'epoch') as start,
                sum(s.succeeded)::integer as succeeded, sum(s.failed)::integer as failed, sum(s.deliveries)::integer as deliveries,
                ${sums('errors', ERROR_CLASSES.length)}, ${sums('latency', LATENCY_BOUNDS_MS.length + 1)}
           from history.stat_buckets as s
          where s.account_id = $1 and s.webhook_id = $2 and s.seconds = $3 and s.start >= $4 and s.start < $5
          group by 1 order by 1`,
        [accountId, webhookId ?? EVERY_WEBHOOK, secondsOf(bucketMs), new Date(from), new Date(to), `${bucketMs / 1000} seconds`],
      ),
    );
    return rows.map((row) => ({ start: row.start.getTime(), ...countsOf(row) }));
  }

  override async backlog(accountId: string, { from, to, bucketMs }: StatRange): Promise<ReadonlyMap<number, number>> {
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<{ start: Date; waiting: number }[]>(
        `select date_bin($5::interval, b.start, timestamptz 'epoch') as start, coalesce(max(b.waiting) filter (where b.account_id = $1), 0) as waiting
           from history.backlog_samples as b
          where b.account_id in ($1, '') and b.seconds = $2 and b.start >= $3 and b.start < $4
          group by 1`,
        [accountId, secondsOf(bucketMs), new Date(from), new Date(to), `${bucketMs / 1000} seconds`],
      ),
    );
    return new Map(rows.map(({ start, waiting }) => [start.getTime(), waiting]));
  }
}

/** The width of the stored buckets of which wider ones are made. */
function secondsOf(bucketMs: number): number {
  return bucketMs % HOUR_MS === 0 ? 3600 : 60;
}

/** Element by element; unnested and put together again it would take ten times as long. */
function sums(column: string, length: number): string {
  return `array[${Array.from({ length }, (_, i) => `sum(s.${column}[${i + 1}])`).join()}]::integer[] as ${column}`;
}

function countsOf({ succeeded, failed, deliveries, errors, latency }: Row): RawCounts {
  const outcomes = { ...emptyCounts().outcomes, success: succeeded };
  for (const [i, errorClass] of ERROR_CLASSES.entries()) outcomes[OUTCOME_OF[errorClass]] += errors[i] ?? 0;
  return { succeeded, failed, deliveries, outcomes, latency };
}
