import type { Exit } from '../process/server-process.js';

/** A part of the system that runs as a process of its own: a service, the broker or the database. */
export interface Supervised {
  readonly name: string;
  /** Process id; 0 while it does not run. */
  readonly pid: number;
  /** Starts it and resolves when it serves; rejects when it ended before, and then it does not run. */
  start(): Promise<void>;
  /** Resolves when the process of the last start ends. */
  readonly exited: Promise<Exit>;
  /** Why it ended, where its log tells that in a word. */
  fault(): string | undefined;
  /** Ends it in good order, by force past the grace; does nothing while it does not run. */
  stop(graceMs: number): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

export const DISK_FULL = 'no space left on the disk';

/** How a process ended, in words. */
export function describeExit({ code, signal }: Exit): string {
  return signal ? `killed by ${signal}` : `exit code ${code}`;
}
