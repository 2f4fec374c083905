import type { DiscardReason } from '#libs/contracts';
import type { LogFunction } from '#libs/messaging';
import type { ClaimedDelivery } from './claimed-delivery.js';
import type { DuePace } from './due-pace.js';
import type { Claim, ClaimLimits, DueTable } from './due-table.pg-store.js';
import type { DuePublisher, Published } from './due.publisher.js';
import { discarded, handedOut, lag } from './due.metrics.js';
import type { EventCleaner } from './event-cleaner.js';
import type { WebhookRows } from './webhook-rows.pg-store.js';

const LIMITS: ClaimLimits = { rows: 500, bytes: 8 * 1024 * 1024 };
/** What the broker refuses for good comes up again after so long, in the hope of other settings. */
const REFUSED_AGAIN_SECONDS = 3600;

/**
 * What happens to rows that are taken: publish, wait for the broker, delete, commit. A crash in between publishes the
 * same record once more, with the same delivery, attempt and wait, which its consumer drops; the other order would lose it.
 */
export class DueHandler {
  constructor(
    private readonly table: DueTable,
    private readonly rows: WebhookRows,
    private readonly publisher: DuePublisher,
    private readonly pace: DuePace,
    private readonly cleaner: EventCleaner,
    private readonly log: LogFunction,
  ) {}

  /**
   * Requests deliveries whose time has come, as many as may go now.
   * @returns whether it went to its limit, so that more may be there
   */
  async handOut(): Promise<boolean> {
    const limit = Math.min(LIMITS.rows, this.pace.room());
    if (limit < 1) return true;
    const crowded = new Set<string>();
    const taken = await this.take({ kind: 'due' }, { ...LIMITS, rows: limit }, async (claimed) => {
      lag.set(claimed[0]!.lateBy);
      const admitted = claimed.filter(({ request }) => this.pace.admit(request.webhookId) || void crowded.add(request.webhookId));
      const published = await this.publisher.requested(admitted);
      handedOut.inc(published.acknowledged.length);
      return published;
    });
    if (taken === 0) lag.set(0);
    // Out of the way at once and together: left where they are they would stand before the deliveries of all others.
    for (const webhookId of crowded) await this.rows.spreadOverdue(webhookId, this.pace.curveOf(webhookId));
    return taken >= limit;
  }

  /** Ends parked deliveries that have expired. */
  async expire(): Promise<void> {
    await this.discard({ kind: 'expired' }, 'expired');
  }

  /** Ends what waits for a webhook, or one delivery of it; what is just being handed out ends there. @returns how many were taken */
  discardOf(webhookId: string, deliveryId: string | null, reason: DiscardReason): Promise<number> {
    return this.discard({ kind: 'webhook', webhookId, deliveryId }, reason);
  }

  private async discard(claim: Claim, reason: DiscardReason): Promise<number> {
    const work = async (claimed: readonly ClaimedDelivery[]): Promise<Published> => {
      const published = await this.publisher.discarded(claimed, reason);
      discarded.inc({ reason }, published.acknowledged.length);
      return published;
    };
    for (let all = 0; ;) {
      const taken = await this.take(claim, LIMITS, work);
      if (taken === 0) return all;
      all += taken;
    }
  }

  private async take(
    claim: Claim,
    limits: ClaimLimits,
    work: (claimed: readonly ClaimedDelivery[]) => Promise<Published>,
  ): Promise<number> {
    let result: Published | undefined;
    const freed: string[] = [];
    const taken = await this.table.claim(claim, limits, async (claimed) => {
      result = await work(claimed);
      const ended = new Set(result.acknowledged);
      for (const { request, eventKey } of claimed) if (ended.has(request.deliveryId)) freed.push(eventKey);
      return result.acknowledged;
    });
    this.cleaner.freed(freed);
    if (result && result.refused.length > 0) await this.setAside(result.refused);
    if (result?.fault) throw result.fault;
    return taken;
  }

  private async setAside(deliveryIds: readonly string[]): Promise<void> {
    this.log('error', 'due.refused', {
      deliveryIds: deliveryIds.slice(0, 10),
      count: deliveryIds.length,
      againInSeconds: REFUSED_AGAIN_SECONDS,
    });
    await this.rows.postpone(deliveryIds, REFUSED_AGAIN_SECONDS);
  }
}
