import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { ContractViolation, decodeEndpointHealth, type ReceivedRecord } from '#libs/contracts';
import { deadLetter, DONE, type KafkaConsumerStrategy, type RecordOutcome } from '#libs/messaging';
import type { HealthRegistry } from '#libs/runtime';
import { EndpointHealthService } from './endpoint-health.service.js';

/** The name of the subscription to `hookstream.endpoint-health`. */
export const ENDPOINT_HEALTH = 'endpoint-health';

/** Reads the topic of endpoint health for as long as the service runs. */
export class EndpointHealthConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly strategy: KafkaConsumerStrategy,
    private readonly service: EndpointHealthService,
    health: HealthRegistry,
  ) {
    // The API does its work without: a broker that is away does not make it unready here, but where it publishes.
    health.register('endpoint-health', () => ({ ...this.strategy.health(), ready: true }));
  }

  // The topics are made by then, and the database is there.
  onApplicationBootstrap(): void {
    const handle = (records: readonly ReceivedRecord[]): Promise<RecordOutcome[]> =>
      // Nest's type knows messages only; the strategy hands over batches.
      records.map((record) => this.one(record)) as unknown as Promise<RecordOutcome[]>;
    this.strategy.addHandler(ENDPOINT_HEALTH, handle, true);
    this.strategy.listen((error) => {
      if (error) throw error as Error;
    });
  }

  // Before the database is closed.
  async beforeApplicationShutdown(): Promise<void> {
    await this.strategy.close();
  }

  private one(record: ReceivedRecord): RecordOutcome | Promise<RecordOutcome> {
    if (record.value === null) return DONE;
    try {
      const health = decodeEndpointHealth(record);
      return health.autoDisabled === null ? DONE : this.service.apply(health);
    } catch (error) {
      if (error instanceof ContractViolation) return deadLetter(error.reason);
      throw error;
    }
  }
}
