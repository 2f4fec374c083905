import type { RetryScheduledV1 } from '#libs/contracts';
import { isParked } from './due-delivery.js';
import type { DueLoop } from './due-loop.js';
import type { DuePace } from './due-pace.js';
import { stored } from './due.metrics.js';
import { DueWriter } from './due-writer.js';
import type { DueTable } from './due-table.pg-store.js';
import type { RecentReleases } from './recent-releases.js';
import type { RowCommands } from './row-commands.js';
import type { WebhookWatch } from './webhook-watch.js';

/** Takes retries into the due table, and tells those whom a new row concerns. */
export class RetryIntake {
  private readonly writer: DueWriter;

  constructor(
    private readonly table: DueTable,
    private readonly loop: DueLoop,
    private readonly pace: DuePace,
    private readonly watch: WebhookWatch,
    private readonly releases: RecentReleases,
    private readonly commands: RowCommands,
  ) {
    this.writer = new DueWriter((retries) => this.store(retries));
  }

  /**
   * Resolves once it is stored.
   * @param writtenAt when the record was written, in milliseconds since the epoch
   * @throws AppError `DATABASE_UNAVAILABLE` (retryable)
   */
  take(retry: RetryScheduledV1, writtenAt: number): Promise<void> {
    return this.writer.write(this.releases.apply(retry, writtenAt));
  }

  private async store(retries: readonly RetryScheduledV1[]): Promise<void> {
    await this.table.add(retries);
    await this.commands.stored(retries);
    stored.inc(retries.length);
    let nextAt = Number.POSITIVE_INFINITY;
    const parked = new Set<string>();
    for (const retry of retries) {
      if (isParked(retry)) parked.add(retry.delivery.webhookId);
      else nextAt = Math.min(nextAt, Date.parse(retry.dueAt));
      if (retry.cause === 'lane-full' || retry.cause === 'rate-limited') this.pace.pushedBack(retry.delivery.webhookId);
    }
    this.loop.expect(nextAt);
    // The webhook may have been enabled or deleted while the record was on its way; nothing would tell the row again.
    for (const webhookId of parked) this.watch.check(webhookId);
  }
}
