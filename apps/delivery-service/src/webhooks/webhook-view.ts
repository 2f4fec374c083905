import type { OnApplicationShutdown } from '@nestjs/common';
import { decodeWebhookState, type WebhookStateV1 } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import { CompactedView, type KafkaConnection } from '#libs/messaging';
import type { HealthRegistry } from '#libs/runtime';
import type { Sealer } from '#libs/secrets';
import { idTime } from './webhook-age.js';
import { WebhookDirectory } from './webhook-directory.js';
import { Webhook } from './webhook.js';

/** How old a webhook may be to be waited for, and how long; far more than the topic ever lags. */
const YOUNG_MS = 60_000;
const WAIT_MS = 5000;
/** Deleted webhooks that are known to be so: nobody waits for them. */
const MAX_DELETED = 10_000;

/** One version of a webhook took the place of another; no `current` means that it was deleted. */
export interface WebhookChange {
  readonly id: string;
  readonly current?: WebhookStateV1 | undefined;
  readonly previous?: WebhookStateV1 | undefined;
}

type Waiter = (webhook: Webhook | undefined) => void;

/** Every webhook that exists, as the compacted topic of webhooks tells. */
export class WebhookView extends WebhookDirectory implements OnApplicationShutdown {
  private readonly view: CompactedView<Webhook>;
  private readonly waiting = new Map<string, Set<Waiter>>();
  private readonly deleted = new Set<string>();
  private readonly listeners: ((change: WebhookChange) => void)[] = [];

  constructor(
    connection: KafkaConnection,
    topic: string,
    sealer: Sealer,
    health: HealthRegistry,
    private readonly clock: Clock,
  ) {
    super();
    this.view = new CompactedView(connection, {
      topic,
      decode: (record) => new Webhook(decodeWebhookState(record), sealer),
      idOf: (record) => record.key?.toString('utf8') ?? '',
      versionOf: (webhook) => webhook.state.version,
      onChange: ({ id, current, previous }) => this.changed(id, current, previous),
    });
    health.register('webhooks', () => this.view.health());
  }

  /** Resolves once every webhook that there is at this moment is known. No delivery may be handled before. */
  load(): Promise<void> {
    return this.view.start();
  }

  override find(id: string): Webhook | undefined {
    return this.view.get(id);
  }

  override async findSoon(id: string): Promise<Webhook | undefined> {
    const known = this.find(id);
    const madeAt = idTime(id);
    if (known || this.deleted.has(id) || madeAt === undefined || this.clock.now() - madeAt > YOUNG_MS) return known;
    return new Promise((resolve) => {
      const waiters = this.waiting.get(id) ?? new Set();
      const tell: Waiter = (webhook) => {
        clearTimeout(timer);
        waiters.delete(tell);
        if (waiters.size === 0) this.waiting.delete(id);
        resolve(webhook);
      };
      const timer = setTimeout(() => tell(this.find(id)), WAIT_MS);
      this.waiting.set(id, waiters.add(tell));
    });
  }

  /** Called for every change, those of the first load included; it must return at once. */
  onChange(listener: (change: WebhookChange) => void): void {
    this.listeners.push(listener);
  }

  private changed(id: string, current: Webhook | undefined, previous: Webhook | undefined): void {
    if (!current) {
      if (this.deleted.size >= MAX_DELETED) this.deleted.delete(this.deleted.values().next().value!);
      this.deleted.add(id);
    }
    this.waiting.get(id)?.forEach((tell) => tell(current));
    for (const tell of this.listeners) tell({ id, current: current?.state, previous: previous?.state });
  }

  // The last of the hooks: deliveries are made until the consumers are closed.
  async onApplicationShutdown(): Promise<void> {
    await this.view.stop();
  }
}
