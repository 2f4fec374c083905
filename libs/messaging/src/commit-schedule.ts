import type { CommitOffset } from './group-member.js';

/**
 * When to commit: a while after something finished, one commit at a time. Nothing finished, no timer: an idle consumer
 * sends no commits.
 */
export class CommitSchedule {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  /**
   * @param due the offsets that have moved since they were last committed
   * @param commit resolves once the coordinator has them
   */
  constructor(
    private readonly intervalMs: number,
    private readonly due: () => readonly CommitOffset[],
    private readonly commit: (offsets: readonly CommitOffset[]) => Promise<void>,
  ) {}

  /** Something finished. */
  nudge(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.now();
    }, this.intervalMs);
  }

  /** So much has finished that waiting is not worth it. */
  hurry(): void {
    if (this.#running) this.nudge();
    else void this.now();
  }

  /** Commits what is due at this moment, after a commit that is under way. Never rejects: what failed stays due. */
  async now(): Promise<void> {
    while (this.#running) await this.#running;
    const offsets = this.due();
    if (offsets.length === 0) return;
    this.#running = this.commit(offsets).finally(() => (this.#running = undefined));
    await this.#running;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
