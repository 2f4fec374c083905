import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { HealthRegistry } from '#libs/runtime';
import type { UnitOfWork } from '#libs/persistence';

const INTERVAL_MS = 1_000;

/** Asks the database once a second whether it is there, so that readiness answers at once and tells the truth. */
export class DatabaseWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private reachable = true;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.health.register('database', () => ({ ready: this.reachable, live: true, detail: this.reachable ? 'reachable' : 'unreachable' }));
    this.schedule();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.look(), INTERVAL_MS).unref();
  }

  private async look(): Promise<void> {
    this.reachable = await this.unitOfWork
      .read((manager) => manager.query('select 1'))
      .then(
        () => true,
        () => false,
      );
    this.schedule();
  }
}
