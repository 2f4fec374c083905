import { setTimeout as sleep } from 'node:timers/promises';

/** So far a turn may lag behind before those that follow are no longer moved up. */
const MOST_BEHIND_MS = 50;
/** So many go together: one by one each would cost the broker and both clients a request, which is more than it weighs. */
const GROUP = { most: 5, perSecond: 20 };

/**
 * Lets a few after the other go, evenly spread: a larger burst would be in the way of whatever is new at that moment.
 * Shared by all redeliveries of this process.
 */
export class Pace {
  private nextAt = 0;
  private left = 0;
  private readonly group: number;

  constructor(private readonly perSecond: number) {
    this.group = Math.max(1, Math.min(GROUP.most, Math.floor(perSecond / GROUP.perSecond)));
  }

  /** Resolves when the next one may go: true; or false when none is to go any more. */
  async turn(signal: AbortSignal): Promise<boolean> {
    if (this.left > 0) {
      this.left--;
      return !signal.aborted;
    }
    const now = performance.now();
    const at = Math.max(this.nextAt, now - MOST_BEHIND_MS);
    this.left = this.group - 1;
    this.nextAt = at + (this.group * 1000) / this.perSecond;
    if (at > now) await sleep(at - now, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }
}

/**
 * When a webhook with a rate limit of its own may get the next of its redelivery. It gets them no faster than it takes
 * them: what waits behind its limit would be in the way of what is new.
 */
export class OwnPaces {
  private readonly nextAt = new Map<string, number>();

  /** How many may go now. @param now milliseconds since the epoch */
  allowance(id: string, perSecond: number | undefined, most: number, now: number): number {
    if (perSecond === undefined) return most;
    if (now < (this.nextAt.get(id) ?? 0)) return 0;
    return Math.max(1, Math.min(most, Math.floor(perSecond / 4)));
  }

  went(id: string, perSecond: number | undefined, count: number, now: number): void {
    if (perSecond !== undefined && count > 0) this.nextAt.set(id, now + (count * 1000) / perSecond);
  }

  forget(id: string): void {
    this.nextAt.delete(id);
  }
}
