import { setTimeout as sleep } from 'node:timers/promises';
import { within, type Exit } from '../process/server-process.js';
import { backoffMs } from './backoff.js';
import { describeExit, type Supervised } from './supervised.js';

/** After this long without a fault the next one counts as the first. */
const HEALTHY_MS = 60_000;
/** How long a stop waits for a start that is under way. */
const SETTLE_MS = 3_000;

/** An error after which starting again cannot help. */
export interface FinalFault {
  readonly final: true;
}

export interface SupervisorOptions {
  readonly log: (line: string) => void;
  /** How many starts in a row may fail before the first one that succeeds. */
  readonly firstStarts: number;
  /** Told after a start that follows an unwanted end. */
  readonly onBack?: () => void;
}

/** Starts one part of the system and starts it again, with growing pauses, whenever it ends unasked. */
export class Supervisor {
  private readonly stopping = new AbortController();
  private failures = 0;
  private upSince = 0;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly part: Supervised,
    private readonly options: SupervisorOptions,
  ) {}

  /** Resolves when the part serves. Rejects with the last fault when it never comes up, or when `stop` comes first. */
  async start(): Promise<void> {
    const first = this.firstStart();
    this.work = first.then(
      () => this.watch(),
      () => undefined,
    );
    await first;
  }

  /** Stops the part for good, also in the middle of a start. */
  async stop(graceMs: number): Promise<void> {
    const deadline = Date.now() + graceMs;
    this.stopping.abort();
    await this.part.stop(graceMs);
    // A start that was still preparing when the part was stopped may have brought it up since.
    await within(this.work, Math.max(0, Math.min(SETTLE_MS, deadline - Date.now())));
    await this.part.stop(Math.max(0, deadline - Date.now()));
  }

  /** Ends the part at once. */
  kill(): void {
    this.stopping.abort();
    this.part.kill();
  }

  private get released(): boolean {
    return this.stopping.signal.aborted;
  }

  private async firstStart(): Promise<void> {
    for (let starts = 1; ; starts += 1) {
      try {
        await this.part.start();
        this.upSince = Date.now();
        return;
      } catch (error) {
        if (this.released || isFinal(error) || starts >= this.options.firstStarts) throw error;
        await this.pause(`${this.part.name} did not start: ${summary(error)}`);
        if (this.released) throw error;
      }
    }
  }

  private async watch(): Promise<void> {
    while (!this.released) {
      const exit = await this.part.exited;
      if (!this.released) await this.bringBack(exit);
    }
  }

  private async bringBack(exit: Exit): Promise<void> {
    if (Date.now() - this.upSince > HEALTHY_MS) this.failures = 0;
    let fault = `${this.part.name} ended unasked (${this.part.fault() ?? describeExit(exit)})`;
    for (;;) {
      await this.pause(fault);
      if (this.released) return;
      try {
        await this.part.start();
        this.upSince = Date.now();
        this.options.log(`${this.part.name} is up again`);
        this.options.onBack?.();
        return;
      } catch (error) {
        fault = `${this.part.name} did not start: ${summary(error)}`;
      }
    }
  }

  private async pause(fault: string): Promise<void> {
    if (this.released) return;
    const delay = backoffMs(this.failures);
    this.failures += 1;
    this.options.log(`${fault}; starting it again in ${delay / 1000} s`);
    await sleep(delay, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

function isFinal(error: unknown): boolean {
  return (error as Partial<FinalFault> | undefined)?.final === true;
}

function summary(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
