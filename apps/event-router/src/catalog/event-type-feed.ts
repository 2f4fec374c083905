import type { OnApplicationShutdown } from '@nestjs/common';
import type { LiveCatalog } from '#libs/catalog';
import { decodeEventTypeState, type EventTypeStateV1 } from '#libs/contracts';
import { CompactedView, type KafkaConnection } from '#libs/messaging';
import type { HealthRegistry } from '#libs/runtime';
import type { CoveringNames } from './covering-names.js';

/** Keeps the types of administrators in the catalog like the compacted topic of event types. */
export class EventTypeFeed implements OnApplicationShutdown {
  private readonly view: CompactedView<EventTypeStateV1>;

  constructor(connection: KafkaConnection, topic: string, catalog: LiveCatalog, covering: CoveringNames, health: HealthRegistry) {
    this.view = new CompactedView(connection, {
      topic,
      keep: false, // the catalog holds them
      decode: decodeEventTypeState,
      idOf: (record) => record.key?.toString('utf8') ?? '',
      versionOf: (state) => state.version,
      onChange: ({ id, current }) => {
        if (current) catalog.set(current);
        else catalog.delete(id);
        covering.forget();
      },
    });
    health.register('event-types', () => this.view.health());
  }

  /** Resolves once every type that there is at this moment is in the catalog. Nothing may be routed before. */
  load(): Promise<void> {
    return this.view.start();
  }

  // The last of the hooks: events are routed until the consumers are closed.
  async onApplicationShutdown(): Promise<void> {
    await this.view.stop();
  }
}
