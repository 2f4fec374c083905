export const MAIL_STATUSES = ['pending', 'sent', 'failed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

export interface NotificationQuery {
  readonly accountId?: string | undefined;
  readonly webhookId?: string | undefined;
  readonly status?: MailStatus | undefined;
  /** Mails after this one in the order of the list: newest first. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A mail to the owner of webhooks, without its text. */
export interface NotificationMail {
  readonly id: string;
  readonly accountId: string;
  readonly webhookId: string | null;
  readonly kind: string;
  readonly recipient: string;
  /** `null` until it is written. */
  readonly subject: string | null;
  readonly status: MailStatus;
  readonly attempts: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly lastError: string | null;
}

/** The mails that were made, over all accounts. */
export abstract class NotificationStore {
  abstract list(query: NotificationQuery): Promise<NotificationMail[]>;
}
