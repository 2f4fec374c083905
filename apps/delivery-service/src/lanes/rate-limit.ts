/** Who is late by no more than this was waiting for the timer, and loses nothing by it; who is later was at rest. */
const GRAIN_MS = 100;

/** How fast attempts may follow one another: evenly spread, without a burst after a rest. A token bucket of one token. */
export class RateLimit {
  /** When the next one may go; milliseconds since the epoch. */
  private nextAt = Number.NEGATIVE_INFINITY;

  constructor(private rate: number) {}

  get perSecond(): number {
    return this.rate;
  }

  /** A new rate holds from now on. */
  change(perSecond: number, now: number): void {
    this.rate = perSecond;
    this.nextAt = Math.min(this.nextAt, now + this.periodMs);
  }

  /** @param now milliseconds since the epoch */
  take(now: number): boolean {
    // A clock that was set back must not bar the way until it has caught up.
    this.nextAt = Math.min(this.nextAt, now + this.periodMs);
    if (now < this.nextAt) return false;
    this.nextAt = (now - this.nextAt <= GRAIN_MS ? this.nextAt : now) + this.periodMs;
    return true;
  }

  /** Milliseconds until the `n`-th one from now may go. */
  waitMs(n: number, now: number): number {
    return Math.max(0, this.nextAt - now) + (n - 1) * this.periodMs;
  }

  private get periodMs(): number {
    return 1000 / this.rate;
  }
}
