import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import type { WebhookService } from './webhook.service.js';
import type { WebhookStore } from './webhook.store.js';

const ACTOR = 'system:secret-expiry';
const INTERVAL_MS = 30_000;
const BATCH = 100;

/**
 * Destroys secrets whose overlap after a rotation is over, here and, by the state that follows, on the topic. Nobody
 * signs with them any longer by then. Several instances may do it at once: who comes second finds nothing to do.
 */
export class EndedSecrets implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(EndedSecrets.name);
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly store: WebhookStore,
    private readonly webhooks: WebhookService,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  /** One round. @returns how many webhooks had one */
  async destroy(): Promise<number> {
    const at = new Date(this.clock.now()).toISOString();
    let [after, ended] = ['', 0];
    for (;;) {
      const owners = await this.store.withEndedSecrets(at, after, BATCH);
      for (const { id, accountId } of owners) {
        if (this.stopped) return ended;
        const principal = { accountId, actor: ACTOR, keyId: null, scopes: new Set<never>() };
        // One that fails must not stand in the way of the others; a deleted one has no secrets any more.
        await this.webhooks
          .endPreviousSecret(principal, id)
          .catch((err: unknown) => this.logger.warn({ msg: 'secret.not-ended', webhookId: id, err }));
        after = id;
        ended++;
      }
      if (owners.length < BATCH) return ended;
    }
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.destroy()
        .catch((err: unknown) => this.logger.warn({ msg: 'secrets.not-ended', err }))
        .then(() => this.schedule());
    }, INTERVAL_MS).unref();
  }
}
