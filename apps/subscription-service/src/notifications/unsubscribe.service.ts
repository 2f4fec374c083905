import { Logger } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import type { UnsubscribeLinks, Unsubscription } from './unsubscribe-links.js';
import type { UnsubscriptionStore } from './unsubscription.store.js';

/** Switches mails off, and on again, for whoever has the link of one. */
export class UnsubscribeService {
  private readonly logger = new Logger(UnsubscribeService.name);

  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly store: UnsubscriptionStore,
    private readonly clock: Clock,
  ) {}

  read(token: unknown): Unsubscription | undefined {
    return this.links.read(token);
  }

  /** @throws AppError `DATABASE_UNAVAILABLE` */
  async change(given: Unsubscription, scope: 'webhook' | 'account' | 'undo'): Promise<'unsubscribed' | 'subscribed'> {
    const { accountId, webhookId } = given;
    if (scope === 'undo') await this.store.remove(given);
    else await this.store.add(scope === 'account' ? { ...given, webhookId: null } : given, this.clock.now());
    this.logger.log({ msg: scope === 'undo' ? 'notifications.subscribed' : 'notifications.unsubscribed', accountId, webhookId, scope });
    return scope === 'undo' ? 'subscribed' : 'unsubscribed';
  }
}
