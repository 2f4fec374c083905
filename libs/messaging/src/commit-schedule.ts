import { setTimeout as sleep } from 'node:timers/promises';
import type { CommitOffset } from './group-member.js';

const LAST_TRIES = 4;
const LAST_TRY_DELAY_MS = 100;

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

  /** The last commit of a membership: what is not committed now is done again by the next owner, so it is tried a few times. */
  async settle(): Promise<void> {
    for (let tries = 0; tries < LAST_TRIES; tries++) {
      await this.now();
      if (this.due().length === 0) return;
      await sleep(LAST_TRY_DELAY_MS);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
