import type { LaneRequest } from './entry.js';
import { Lane } from './lane.js';

/** Lanes that rest are kept for what they know of their pace, up to so many (some 300 bytes each). */
const MOST_LANES = 50_000;

/** The lanes by their webhooks. */
export class KnownLanes<T> {
  private readonly lanes = new Map<string, Lane<T>>();

  find(webhookId: string): Lane<T> | undefined {
    return this.lanes.get(webhookId);
  }

  /** The webhook's lane, which follows its rules as they are now. */
  of(request: LaneRequest, now: number): Lane<T> {
    const known = this.lanes.get(request.webhookId);
    if (known) {
      known.follow(request, now);
      return known;
    }
    if (this.lanes.size >= MOST_LANES) this.forgetOne();
    const lane = new Lane<T>(request.accountId, request, now);
    this.lanes.set(request.webhookId, lane);
    return lane;
  }

  private forgetOne(): void {
    for (const [id, lane] of this.lanes) {
      if (lane.running > 0 || lane.waiting.length > 0) continue;
      this.lanes.delete(id);
      return;
    }
  }
}
