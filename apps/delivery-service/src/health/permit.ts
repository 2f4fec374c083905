import type { AttemptHealth, Permit } from './endpoint-health.js';

/** Leave for one attempt; of several ends the first counts. */
export class AttemptPermit implements Permit {
  private used = false;

  /** @param over told the result, or undefined when no attempt was made */
  constructor(
    readonly probe: boolean,
    private readonly over: (result: AttemptHealth | undefined) => void,
  ) {}

  settle(result: AttemptHealth): void {
    this.end(result);
  }

  abandon(): void {
    this.end(undefined);
  }

  private end(result: AttemptHealth | undefined): void {
    if (this.used) return;
    this.used = true;
    this.over(result);
  }
}
