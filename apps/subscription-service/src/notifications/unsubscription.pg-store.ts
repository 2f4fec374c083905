import type { Transaction, UnitOfWork } from '#libs/persistence';
import type { Unsubscription } from './unsubscribe-links.js';
import { UnsubscriptionStore } from './unsubscription.store.js';

export class UnsubscriptionPgStore extends UnsubscriptionStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async add({ accountId, webhookId, address }: Unsubscription, now: number): Promise<void> {
    await this.unitOfWork.run((transaction) =>
      transaction.query(
        `insert into notifications.unsubscriptions (account_id, webhook_id, address, created_at) values ($1, $2, $3, $4)
             on conflict (account_id, webhook_id, address) do nothing`,
        [accountId, webhookId ?? '', address, new Date(now)],
      ),
    );
  }

  override async remove({ accountId, webhookId, address }: Unsubscription): Promise<void> {
    await this.unitOfWork.run((transaction) =>
      transaction.query(
        `delete from notifications.unsubscriptions as u where u.account_id = $1 and u.webhook_id in ($2, '') and u.address = $3`,
        [accountId, webhookId ?? '', address],
      ),
    );
  }

  override async of(transaction: Transaction, accountId: string, webhookId: string): Promise<ReadonlySet<string>> {
    const rows = await transaction.query<{ address: string }[]>(
      `select u.address from notifications.unsubscriptions as u where u.account_id = $1 and u.webhook_id in ($2, '')`,
      [accountId, webhookId],
    );
    return new Set(rows.map(({ address }) => address));
  }
}
