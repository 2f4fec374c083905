import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { LagMeter } from '#libs/messaging';
import { lagMeasured } from './projector.metrics.js';

const INTERVAL_MS = 5_000;

/**
 * Measures every few seconds how far the history is behind, as the brokers see it: also when nothing is stored, or this
 * instance has no share of the work. Of several instances, each shows the lag of all.
 */
export class HistoryLag implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HistoryLag.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private behind: number | undefined;

  constructor(
    private readonly meter: LagMeter,
    private readonly groupId: string,
  ) {}

  /** Milliseconds, at the last look; undefined while it is not known. */
  get behindMs(): number | undefined {
    return this.behind;
  }

  onApplicationBootstrap(): void {
    this.schedule();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    if (!this.stopped) this.timer = setTimeout(() => void this.look(), INTERVAL_MS).unref();
  }

  private async look(): Promise<void> {
    try {
      const groups = await this.meter.measure(this.groupId);
      const group = groups.find(({ groupId }) => groupId === this.groupId);
      this.behind = group && lagMeasured(group.topics, Date.now());
    } catch (err) {
      this.behind = undefined;
      this.logger.debug({ err }, 'history.lag-not-measured');
    }
    this.schedule();
  }
}
