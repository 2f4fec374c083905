import type { Transaction } from '#libs/persistence';
import type { OwnedWebhook, SealedValue } from './webhook.store.js';

/**
 * Ciphertext of signing secrets and credentials, apart from the events that refer to it: events are kept for ever, while
 * a secret must be gone once it is replaced or its webhook deleted, and may be sealed again under another master key.
 */
export class SecretVault {
  /** A value that is there already is replaced: sealed anew, under another key. */
  async put(transaction: Transaction, webhookId: string, values: readonly SealedValue[]): Promise<void> {
    if (values.length === 0) return;
    await transaction.query(
      `insert into subscription.webhook_secrets (webhook_id, id, purpose, sealed)
       select $1, n.id, n.purpose, n.sealed from unnest($2::text[], $3::text[], $4::text[]) as n (id, purpose, sealed)
       on conflict (webhook_id, id) do update set sealed = excluded.sealed`,
      [webhookId, values.map((value) => value.id), values.map((value) => value.purpose), values.map((value) => value.sealed)],
    );
  }

  /** Everything sealed of a webhook. */
  async of(manager: Transaction, webhookId: string): Promise<SealedValue[]> {
    return manager.query('select s.id, s.purpose, s.sealed from subscription.webhook_secrets as s where s.webhook_id = $1', [webhookId]);
  }

  /** Webhooks, in the order of their ids, of which something lies under another master key than this one. */
  async underOtherKeys(manager: Transaction, keyId: string, after: string, limit: number): Promise<OwnedWebhook[]> {
    return manager.query(
      `select distinct w.id, w.account_id as "accountId"
         from subscription.webhook_secrets as s join subscription.webhooks as w on w.id = s.webhook_id
        where split_part(s.sealed, '.', 2) <> $1 and s.webhook_id > $2
        order by w.id limit $3`,
      [keyId, after, limit],
    );
  }

  /** Destroys everything of a webhook but these ids. @returns the ciphertext that is left, by id */
  async keepOnly(transaction: Transaction, webhookId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    await transaction.query('delete from subscription.webhook_secrets as s where s.webhook_id = $1 and s.id <> all($2::text[])', [
      webhookId,
      ids,
    ]);
    const rows: { id: string; sealed: string }[] = await transaction.query(
      'select s.id, s.sealed from subscription.webhook_secrets as s where s.webhook_id = $1',
      [webhookId],
    );
    return new Map(rows.map((row) => [row.id, row.sealed]));
  }
}
