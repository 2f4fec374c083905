/** More than that of one webhook may not wait in memory while it is a flood. */
export const FLOOD_QUEUE = 250;
/** What waits no longer than this disturbs nobody. */
const SOON_MS = 1000;
const TICKS = 4;
/** Attempts that take so long are held against the receiver, unless this process has no time at all. */
const SLOW_MS = 200;
const UTILIZATION = { busy: 0.9, idle: 0.5 };

/** What waits for a lane, as of now. */
export interface Waiting {
  readonly queued: number;
  /** When the last of them gets its turn, at the soonest. */
  readonly soonestMs: number;
  /** How long an attempt takes. */
  readonly serviceMs: number;
  /** Whether attempts are spaced by a rate limit. */
  readonly limited: boolean;
}

/**
 * A flood of one webhook may not fill the window of its partition, behind which all others wait. When this process is what
 * is slow, as in a burst that it works off as fast as it can, handing over would cure nothing and cost more; hence a lane
 * is flooded only after some ticks in which too much waited although this process had time.
 */
export class FloodWatch {
  private ticks = 0;

  get flooded(): boolean {
    return this.ticks >= TICKS;
  }

  /** @param utilization of the event loop since the last tick, 0 to 1 */
  tick({ queued, soonestMs, serviceMs, limited }: Waiting, utilization: number): void {
    if (this.flooded) {
      if (queued < FLOOD_QUEUE / 2) this.ticks = 0;
      return;
    }
    const hasTime = utilization < (serviceMs >= SLOW_MS || limited ? UTILIZATION.busy : UTILIZATION.idle);
    this.ticks = hasTime && queued > FLOOD_QUEUE && soonestMs > SOON_MS ? this.ticks + 1 : 0;
  }
}
