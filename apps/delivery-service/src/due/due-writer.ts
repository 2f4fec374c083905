import type { RetryScheduledV1 } from '#libs/contracts';
import { AppError } from '#libs/kernel';

interface Waiting {
  readonly retry: RetryScheduledV1;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const MAX_ROWS = 4000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Gathers what comes while a write is under way, of all partitions, into the next write: after an outage the runner hands
 * records in one by one, and a write of one row costs almost as much as one of a thousand.
 */
export class DueWriter {
  private readonly waiting: Waiting[] = [];
  private writing = false;

  /** @param store writes all or none */
  constructor(private readonly store: (retries: readonly RetryScheduledV1[]) => Promise<void>) {}

  /** Resolves once it is stored. @throws AppError `DATABASE_UNAVAILABLE`, or what the database has against this one */
  write(retry: RetryScheduledV1): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ retry, resolve, reject });
      if (this.writing) return;
      this.writing = true;
      // After the batch that this one is part of.
      setImmediate(() => void this.writeAll());
    });
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) await this.writeSome(this.waiting.splice(0, this.fitting()));
    this.writing = false;
  }

  private fitting(): number {
    let count = 0;
    for (let bytes = 0; count < Math.min(MAX_ROWS, this.waiting.length); count++) {
      bytes += this.waiting[count]!.retry.delivery.event.data.length;
      if (bytes > MAX_BYTES && count > 0) break;
    }
    return count;
  }

  private async writeSome(some: readonly Waiting[]): Promise<void> {
    try {
      await this.store(some.map(({ retry }) => retry));
      for (const { resolve } of some) resolve();
    } catch (error) {
      const away = error instanceof AppError && error.retryable;
      if (away || some.length === 1) return some.forEach(({ reject }) => reject(error));
      // One of them cannot be stored: halved until it is alone, so that it fails nobody else.
      const half = some.length >> 1;
      await this.writeSome(some.slice(0, half));
      await this.writeSome(some.slice(half));
    }
  }
}
