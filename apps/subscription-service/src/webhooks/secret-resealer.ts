import { AppError, type Clock } from '#libs/kernel';
import type { SecretMaker } from './secret-maker.js';
import type { OwnedWebhook, WebhookStore } from './webhook.store.js';

const ACTOR = 'system:reseal';
const BATCH = 100;
const MAX_TRIES = 20;
const SKIPPED = new Set(['SECRET_KEY_UNKNOWN', 'SECRET_UNREADABLE', 'CONCURRENT_CHANGE']);

/** What a run has done. */
export interface Resealed {
  readonly webhooks: number;
  /** Secrets and credentials. */
  readonly values: number;
  /** Webhooks of which something cannot be opened, or that changed too often meanwhile; they stay as they are. */
  readonly failed: readonly string[];
}

/**
 * Seals everything anew that lies under an old master key, while the services run. Each webhook is one change like any
 * other, decided on its version: a rotation or an edit at the same moment wins, and this one looks again. The state that
 * follows tells the delivery-service, so that it needs the old key no longer either. What is done stays done: a run that
 * breaks off is simply started again.
 */
export class SecretResealer {
  constructor(
    private readonly store: WebhookStore,
    private readonly secrets: SecretMaker,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<Resealed> {
    let [webhooks, values, after] = [0, 0, ''];
    const failed: string[] = [];
    for (;;) {
      const batch = await this.store.sealedUnderOtherKeys(this.secrets.keyId, after, BATCH);
      for (const webhook of batch) {
        after = webhook.id;
        const renewed = await this.reseal(webhook).catch((error: unknown) => {
          if (!(error instanceof AppError && SKIPPED.has(error.code))) throw error;
          failed.push(webhook.id);
          return 0;
        });
        if (renewed > 0) webhooks++;
        values += renewed;
      }
      if (batch.length < BATCH) return { webhooks, values, failed };
    }
  }

  private async reseal({ id, accountId }: OwnedWebhook): Promise<number> {
    for (let tries = 1; ; tries++) {
      // First the webhook: what is sealed for it after it was read belongs to another version, and the commit is refused.
      const before = await this.store.load(accountId, id);
      if (!before) return 0;
      const sealed = (await this.store.sealedOf(id)).flatMap((value) => this.secrets.renewed(accountId, id, value) ?? []);
      if (sealed.length === 0) return 0;
      const occurredAt = new Date(this.clock.now()).toISOString();
      try {
        const events = [{ type: 'webhook.updated', data: { sealing: 'renewed' } }] as const;
        await this.store.commit({ webhookId: id, before, events, sealed, actor: ACTOR, occurredAt });
        return sealed.length;
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'CONCURRENT_CHANGE') || tries === MAX_TRIES) throw error;
      }
    }
  }
}
