/**
 * Whether this process may believe that it still owns its partitions. A member that the coordinator has not heard from
 * for a session may have been replaced, even when nothing has told it so: a process that was frozen and goes on finds its
 * clock moved and its partitions elsewhere.
 */
export class Lease {
  #stable = false;
  #renewedAt = 0;

  constructor(
    private readonly sessionMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param sentAt when the request was *sent* whose answer proved the membership: an answer may have lain in a buffer while the process was frozen */
  renew(sentAt: number): void {
    this.#renewedAt = Math.max(this.#renewedAt, sentAt);
  }

  /** The member has partitions assigned and is not about to join again. */
  settle(): void {
    this.#stable = true;
  }

  unsettle(): void {
    this.#stable = false;
  }

  held(): boolean {
    return this.#stable && this.now() - this.#renewedAt < this.sessionMs;
  }
}
