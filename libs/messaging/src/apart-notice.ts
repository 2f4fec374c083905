import type { LogFunction } from './kafka-settings.js';

const APART_MS = 5_000;

/** The client retries in silence; a consumer without a seat in its group for a while is said once, and its return too. */
export class ApartNotice {
  #since: number | undefined;
  #told = false;

  constructor(
    private readonly groupId: string,
    private readonly log: LogFunction,
  ) {}

  /** To be called about once a second. */
  observe(seated: boolean, lastError: string | undefined, now = Date.now()): void {
    if (seated) {
      if (this.#told) this.log('info', 'consumer.returned', { groupId: this.groupId, apartMs: now - this.#since! });
      this.#since = undefined;
      this.#told = false;
      return;
    }
    this.#since ??= now;
    if (this.#told || now - this.#since < APART_MS) return;
    this.#told = true;
    this.log('warn', 'consumer.apart', { groupId: this.groupId, error: lastError });
  }
}
