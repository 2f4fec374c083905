import type { Transaction } from '#libs/persistence';
import type { ClaimedMail, NewMail } from './outbox-mail.js';

export interface Added {
  readonly added: number;
  /** Not taken, because too many wait already. */
  readonly dropped: number;
}

export interface PendingMails {
  readonly count: number;
  /** Milliseconds since the epoch; null when none waits. */
  readonly oldest: number | null;
}

/** The mails that were made, each until it is sent or given up, and for some time after it. Times are milliseconds since the epoch. */
export abstract class MailStore {
  /** Those of notices that were made before are passed over. */
  abstract add(transaction: Transaction, mails: readonly NewMail[], now: number): Promise<Added>;

  /** Takes the next mail that is due in hand; if nothing is heard of it until `until`, it is due again. */
  abstract claim(now: number, until: number): Promise<ClaimedMail | undefined>;
  abstract sent(mail: ClaimedMail, now: number): Promise<void>;
  abstract failed(mail: ClaimedMail, error: string): Promise<void>;
  abstract postpone(mail: ClaimedMail, dueAt: number, error: string): Promise<void>;
  abstract pending(): Promise<PendingMails>;
  abstract deleteBefore(time: number): Promise<void>;
}
