import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { AccountStore, DeletedAccount } from './account.store.js';

const INTERVAL_MS = 2_000;
const AT_ONCE = 100;

/** What is needed of the webhooks of an account. */
export interface AccountWebhooks {
  /** Deletes every webhook of an account, as a caller would. May stop half-way and be called again. @returns how many */
  deleteAllOf(accountId: string, actor: string, signal: AbortSignal): Promise<number>;
}

/**
 * Deletes the webhooks of deleted accounts, then the accounts for good. All that it knows is in the table, so that
 * whatever interrupts it, the next round of any instance goes on; several at once do no harm.
 *
 * An account is forgotten only when nothing was left to delete some time after its keys stopped: until every instance has
 * noticed, a call that is under way may still make a webhook.
 */
export class AccountRemoval implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AccountRemoval.name);
  private timer: NodeJS.Timeout | undefined;
  private readonly stop = new AbortController();
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: AccountStore,
    private readonly webhooks: AccountWebhooks,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    clearTimeout(this.timer);
    await this.round;
  }

  private schedule(): void {
    if (this.stop.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.round = this.removeAll()
        .catch((err: unknown) => this.logger.debug({ msg: 'accounts.not-removed', err }))
        .then(() => this.schedule());
    }, INTERVAL_MS).unref();
  }

  private async removeAll(): Promise<void> {
    for (const account of await this.store.deleted(AT_ONCE)) {
      if (this.stop.signal.aborted) return;
      // One that fails must not stand in the way of the others.
      await this.remove(account).catch((err: unknown) => this.logger.warn({ msg: 'account.not-removed', accountId: account.id, err }));
    }
  }

  private async remove({ id, actor, settled }: DeletedAccount): Promise<void> {
    const webhooks = await this.webhooks.deleteAllOf(id, actor, this.stop.signal);
    if (webhooks > 0) this.logger.log({ msg: 'account.webhooks-deleted', accountId: id, actor, webhooks });
    if (webhooks === 0 && settled && !this.stop.signal.aborted) await this.store.forget(id);
  }
}
