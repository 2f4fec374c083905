import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AppError } from '#libs/kernel';
import type { MailSender } from './mail-sender.js';
import type { NotificationService } from './notification.service.js';

const INTERVAL_MS = 500;
const TIDY_MS = 30_000;

/** Decides and sends for as long as the process runs; two loops, so that a mail server that hangs delays no decision. */
export class NotificationRounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(NotificationRounds.name);
  private readonly stopping = new AbortController();
  private loops: Promise<unknown> = Promise.resolve();
  private tidyAt = 0;

  constructor(
    private readonly service: NotificationService,
    private readonly sender: MailSender,
  ) {}

  onApplicationBootstrap(): void {
    this.loops = Promise.all([
      this.repeat(async () => (await this.service.decideDue()) > 0),
      this.repeat(async () => {
        if (performance.now() >= this.tidyAt) {
          this.tidyAt = performance.now() + TIDY_MS;
          await this.sender.tidy();
        }
        return this.sender.sendDue();
      }),
    ]);
  }

  // Before the database is closed.
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.sender.stop();
    await this.loops;
  }

  /** @param work answers whether there may be more to do at once */
  private async repeat(work: () => Promise<boolean>): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const goesOn = await work().catch((err: unknown) => {
        const expected = err instanceof AppError && err.code === 'DATABASE_UNAVAILABLE';
        this.logger[expected ? 'debug' : 'error']({ err, msg: 'notifications.round-failed' });
        return false;
      });
      if (!goesOn && !signal.aborted) await pause(INTERVAL_MS, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
