import type { OnApplicationShutdown } from '@nestjs/common';
import { decodeWebhookState, type WebhookStateV1 } from '#libs/contracts';
import { CompactedView, type KafkaConnection } from '#libs/messaging';
import type { HealthRegistry } from '#libs/runtime';
import type { SubscriptionIndex } from './subscription-index.js';

/** Keeps the index like the compacted topic of webhooks. */
export class SubscriptionFeed implements OnApplicationShutdown {
  private readonly view: CompactedView<WebhookStateV1>;

  constructor(connection: KafkaConnection, topic: string, index: SubscriptionIndex, health: HealthRegistry) {
    this.view = new CompactedView(connection, {
      topic,
      keep: false, // the index holds the few fields that routing needs
      decode: decodeWebhookState,
      idOf: (record) => record.key?.toString('utf8') ?? '',
      versionOf: (webhook) => webhook.version,
      onChange: ({ id, current }) => (current ? index.set(current) : index.delete(id)),
    });
    health.register('webhooks', () => this.view.health());
  }

  /** Resolves once every webhook that there is at this moment is in the index. Nothing may be routed before. */
  load(): Promise<void> {
    return this.view.start();
  }

  // The last of the hooks: events are matched until the consumers are closed.
  async onApplicationShutdown(): Promise<void> {
    await this.view.stop();
  }
}
