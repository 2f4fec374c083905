import { Module } from '@nestjs/common';
import { WebhookService, WebhooksModule } from '../webhooks/index.js';
import { AccountRemoval } from './account-removal.js';
import { AccountStore } from './account.store.js';
import { AccountsModule } from './accounts.module.js';

/** Apart from the accounts themselves, which the guard of every feature needs. */
@Module({
  imports: [AccountsModule, WebhooksModule],
  providers: [
    {
      provide: AccountRemoval,
      inject: [AccountStore, WebhookService],
      useFactory: (store: AccountStore, webhooks: WebhookService) => new AccountRemoval(store, webhooks),
    },
  ],
})
export class AccountRemovalModule {}
