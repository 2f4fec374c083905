/** Attempts at once from which on there is no cap: the most that a webhook may have. */
const ENOUGH = 100;
/** An attempt of which nothing was heard for so long is over; far longer than an attempt may take. */
const LOST_MS = 120_000;

/**
 * The cap on concurrent attempts after a circuit has closed. It begins with one and grows by one with each answer, so
 * that it doubles with each round; a failure halves it.
 */
export class SlowStart {
  private allowed = 1;
  private underWay = 0;
  private movedAt: number;

  constructor(now: number) {
    this.movedAt = now;
  }

  get over(): boolean {
    return this.allowed >= ENOUGH;
  }

  /** @returns false when the cap is reached */
  enter(now: number): boolean {
    if (this.underWay >= this.allowed && now - this.movedAt >= LOST_MS) this.underWay = 0;
    if (this.underWay >= this.allowed) return false;
    this.underWay++;
    this.movedAt = now;
    return true;
  }

  leave(now: number): void {
    this.underWay = Math.max(0, this.underWay - 1);
    this.movedAt = now;
  }

  answered(): void {
    this.allowed++;
  }

  failed(): void {
    this.allowed = Math.max(1, Math.floor(this.allowed / 2));
  }
}
