import type { Transaction } from '#libs/persistence';
import type { NotificationKind } from '../accounts/index.js';

/** A webhook with whom to tell of it, and of what. */
export interface OwnedWebhook {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  /** Host and port of its URL. */
  readonly host: string;
  readonly enabled: boolean;
  /** Whether the account wants mails at all. */
  readonly wanted: boolean;
  readonly kinds: ReadonlySet<NotificationKind>;
  readonly addresses: readonly (string | null)[];
  /** `null`: the deployment's. */
  readonly digestMinutes: number | null;
}

/** Who owns which webhook now. */
export abstract class OwnerDirectory {
  /** Those that are there, by id. */
  abstract find(transaction: Transaction, webhookIds: readonly string[]): Promise<Map<string, OwnedWebhook>>;
}
