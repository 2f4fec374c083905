import { Clock } from '#libs/kernel';
import type { BatchContext } from '#libs/messaging';
import type { Delivery } from './delivery.js';
import { RetryScheduler, type Retry } from './retry-scheduler.js';

/**
 * Waits in memory. The record stays unfinished meanwhile, so a crash loses nothing and begins at the first attempt
 * again; the price is a place in the consumer's window, which is why only short delays belong here.
 */
export class MemoryRetryScheduler extends RetryScheduler {
  constructor(private readonly clock: Clock) {
    super();
  }

  override async schedule({ delivery, dueAt }: Retry, { signal }: BatchContext): Promise<Delivery> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(0, dueAt - this.clock.now()));
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake);
    });
    return delivery;
  }
}
