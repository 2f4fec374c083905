import type { OnApplicationShutdown } from '@nestjs/common';
import { decodeEndpointHealth, type EndpointHealthV1 } from '#libs/contracts';
import { CompactedView, type KafkaConnection } from '#libs/messaging';
import type { HealthRegistry } from '#libs/runtime';
import { KnownHealth } from './known-health.js';

/** What the compacted topic of endpoint health says. */
export class EndpointHealthView extends KnownHealth implements OnApplicationShutdown {
  private readonly view: CompactedView<EndpointHealthV1>;
  private readonly changeListeners: ((webhookId: string, current: EndpointHealthV1 | undefined) => void)[] = [];
  private readonly loadListeners: (() => void)[] = [];

  constructor(connection: KafkaConnection, topic: string, health: HealthRegistry) {
    super();
    this.view = new CompactedView(connection, {
      topic,
      decode: decodeEndpointHealth,
      idOf: (record) => record.key?.toString('utf8') ?? '',
      versionOf: ({ version }) => version,
      onChange: ({ id, current }) => this.changeListeners.forEach((tell) => tell(id, current)),
    });
    health.register('endpoint-health', () => this.view.health());
  }

  /** Resolves once the state of every endpoint is known. No delivery may be handled before: it could pass an open circuit. */
  async load(): Promise<void> {
    await this.view.start();
    for (const tell of this.loadListeners.splice(0)) tell();
  }

  override get ready(): boolean {
    return this.view.ready;
  }

  override find(webhookId: string): EndpointHealthV1 | undefined {
    return this.view.get(webhookId);
  }

  override values(): Iterable<EndpointHealthV1> {
    return this.view.values();
  }

  override onChange(listener: (webhookId: string, current: EndpointHealthV1 | undefined) => void): void {
    this.changeListeners.push(listener);
  }

  override onLoaded(listener: () => void): void {
    this.loadListeners.push(listener);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.view.stop();
  }
}
