import type { Clock } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import type { WebhookService } from '../webhooks/index.js';
import { type AttemptCounts, countsView, emptyCounts, sumOf } from './stat-counts.js';
import { type StatRange, statRangeOf } from './stat-range.js';
import type { StatStore } from './stat.store.js';
import type { StatsDto } from './stats.dto.js';
import { msOf } from './time.dto.js';

/** Attempts counted over time. Times are RFC 3339. */
export interface Stats {
  /** Null: of every webhook of the account. */
  readonly webhookId: string | null;
  readonly from: string;
  readonly to: string;
  readonly bucketSeconds: number;
  readonly totals: AttemptCounts;
  /** Oldest first, without gaps. */
  readonly buckets: readonly StatBucket[];
}

export interface StatBucket extends AttemptCounts {
  readonly start: string;
  /** The most deliveries of the account that waited at once; null where nobody counted, and for one webhook. */
  readonly backlog: number | null;
}

/** Statistics, the same for every protocol. Tests are counted nowhere. */
export class StatService {
  constructor(
    private readonly store: StatStore,
    private readonly webhooks: Pick<WebhookService, 'get'>,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `WEBHOOK_NOT_FOUND`, `VALIDATION_FAILED` for times that make no stretch */
  async over(principal: Principal, { webhookId, from, to, ...asked }: StatsDto): Promise<Stats> {
    const range = statRangeOf({ ...asked, from: msOf(from), to: msOf(to) }, this.clock.now());
    if (webhookId !== undefined) await this.webhooks.get(principal, webhookId);
    const found = await this.store.buckets(principal.accountId, webhookId, range);
    const backlog = webhookId === undefined ? await this.store.backlog(principal.accountId, range) : new Map<number, number>();
    const byStart = new Map(found.map((bucket) => [bucket.start, bucket]));
    return {
      webhookId: webhookId ?? null,
      from: timeOf(range.from),
      to: timeOf(range.to),
      bucketSeconds: range.bucketMs / 1000,
      totals: countsView(sumOf(found)),
      buckets: startsOf(range).map((start) => ({
        ...{ start: timeOf(start), ...countsView(byStart.get(start) ?? emptyCounts()) },
        backlog: backlog.get(start) ?? null,
      })),
    };
  }

  /** Everything of an account together since a time. @param since milliseconds since the epoch */
  async totals(accountId: string, since: number, to: number): Promise<AttemptCounts> {
    const range = statRangeOf({ from: since, to, bucket: '1h' }, to);
    return countsView(sumOf(await this.store.buckets(accountId, undefined, range)));
  }
}

function startsOf({ from, to, bucketMs }: StatRange): number[] {
  return Array.from({ length: Math.ceil((to - from) / bucketMs) }, (_, i) => from + i * bucketMs);
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
