import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST_LOG = 20 * 1024 * 1024;

/**
 * The log file of a service. It is written here and not by the service itself: a logger whose file is on a full disk waits
 * for space and its process with it, while here lines are lost and the service goes on.
 */
export class ServiceLog {
  private size = 0;
  private unprinted = '';

  constructor(
    readonly path: string,
    private readonly print: ((line: string) => void) | undefined,
  ) {}

  /** Begins with an empty file; the former one is kept beside it. */
  open(): void {
    mkdirSync(dirname(this.path), { recursive: true });
    this.rotate();
  }

  /** Adds what the service wrote, and prints its whole lines if wanted. */
  write(bytes: Buffer): void {
    try {
      if (this.size > LARGEST_LOG) this.rotate();
      appendFileSync(this.path, bytes, { mode: 0o600 });
      this.size += bytes.length;
    } catch {
      // A full disk: these lines are lost, the next ones may not be.
    }
    if (this.print) this.printLines(bytes.toString('utf8'), this.print);
  }

  private rotate(): void {
    if (statSync(this.path, { throwIfNoEntry: false })) renameSync(this.path, `${this.path}.1`);
    this.size = 0;
  }

  private printLines(text: string, print: (line: string) => void): void {
    const lines = `${this.unprinted}${text}`.split('\n');
    this.unprinted = lines.pop() ?? '';
    for (const line of lines) print(line);
  }
}
