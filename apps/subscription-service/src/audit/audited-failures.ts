import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { UnitOfWork } from '#libs/persistence';
import { FailedAuthentications } from '../auth/index.js';
import type { AuditLog } from './audit-log.js';

const TICK_MS = 1_000;
const MINUTE_MS = 60_000;
const MAX_ADDRESSES = 1_000;
const OTHER_ADDRESSES = 'other';

interface Failures {
  readonly since: number;
  count: number;
  reasons: Record<string, number>;
  told: boolean;
}

/**
 * Counts failed authentications by address, and writes at most two entries per address and minute: one within a second,
 * so that an attack shows at once, one with the sum of what followed when the minute is over. Bounded: beyond a thousand
 * addresses at a time, the rest count together as `other`. What was not written yet is lost with the process.
 */
export class AuditedFailures extends FailedAuthentications implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AuditedFailures.name);
  private readonly failures = new Map<string, Failures>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {
    super();
  }

  override note(remoteAddress: string, reason: string): void {
    const address = this.failures.has(remoteAddress) || this.failures.size < MAX_ADDRESSES ? remoteAddress : OTHER_ADDRESSES;
    let entry = this.failures.get(address);
    if (!entry) this.failures.set(address, (entry = { since: performance.now(), count: 0, reasons: {}, told: false }));
    entry.count++;
    entry.reasons[reason] = (entry.reasons[reason] ?? 0) + 1;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.tick(false), TICK_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.tick(true);
    await this.writing;
  }

  private tick(last: boolean): void {
    const now = performance.now();
    for (const [address, entry] of this.failures) {
      const over = last || now - entry.since >= MINUTE_MS;
      if (entry.count > 0 && (over || !entry.told)) this.write(address, entry);
      if (over) this.failures.delete(address);
    }
  }

  private write(address: string, entry: Failures): void {
    const after = { count: entry.count, reasons: entry.reasons };
    Object.assign(entry, { count: 0, reasons: {}, told: true });
    this.logger.log({ msg: 'authentication.failed', remoteAddress: address, ...after });
    const noted = { actor: 'anonymous', accountId: null, action: 'authentication.failed', subject: null, before: null, after };
    this.writing = this.writing
      .then(() =>
        this.unitOfWork.run((transaction) => this.audit.record(transaction, { ...noted, remoteAddress: address, requestId: null })),
      )
      .catch((err: unknown) => this.logger.warn({ msg: 'authentication.not-audited', err }));
  }
}
