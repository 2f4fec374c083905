import type { RetryScheduledV1 } from '#libs/contracts';
import type { Clock } from '#libs/kernel';

const MAX_WEBHOOKS = 10_000;

/**
 * When webhooks were released last. A delivery that was turned away by an open circuit may still be on its way to the
 * table when the circuit closes; no release finds it there, and without this it would wait for a circuit long closed.
 */
export class RecentReleases {
  private readonly releasedAt = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  released(webhookId: string): void {
    // The newest last, so that the oldest is forgotten first.
    this.releasedAt.delete(webhookId);
    if (this.releasedAt.size >= MAX_WEBHOOKS) this.releasedAt.delete(this.releasedAt.keys().next().value!);
    this.releasedAt.set(webhookId, this.clock.now());
  }

  /** The retry, due now if its webhook was released after it was written. @param writtenAt milliseconds since the epoch */
  apply(retry: RetryScheduledV1, writtenAt: number): RetryScheduledV1 {
    const releasedAt = this.releasedAt.get(retry.delivery.webhookId);
    if (retry.cause !== 'circuit-open' || releasedAt === undefined || writtenAt > releasedAt) return retry;
    return { ...retry, dueAt: new Date(Math.min(this.clock.now(), Date.parse(retry.dueAt))).toISOString() };
  }
}
