import { setTimeout } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { OutboxRelay } from '#libs/messaging';
import type { OutboxReader } from '#libs/persistence';
import type { HealthRegistry } from '#libs/runtime';
import type { ServiceOutbox } from './service-outbox.js';

const STOP_MS = 8_000;

/**
 * Runs the relay while the service runs. It stops before connections close; what is committed after that waits in the
 * outbox for another instance or the next start.
 */
export class RelayLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly reader: OutboxReader,
    private readonly outbox: ServiceOutbox,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.health.register('outbox', () => this.relay.health());
    this.outbox.wokenBy(() => this.relay.wake());
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    // A broker that is away must not use up the time the process has to stop.
    await Promise.race([this.relay.stop(), setTimeout(STOP_MS, undefined, { ref: false })]);
    await this.reader.close();
  }
}
