/** A mail to one recipient, ready to be sent. */
export interface NewMail {
  readonly id: string;
  readonly accountId: string;
  readonly webhookId: string;
  readonly kind: string;
  /** The same for the same notice, however often it is made. */
  readonly noticeKey: string;
  /** The events that it tells of by name or by a link. */
  readonly eventIds: readonly string[];
  readonly recipient: string;
  readonly subject: string;
  readonly plainText: string;
  readonly htmlText: string;
  readonly unsubscribeUrl: string;
}

/** A mail in the hand of a sender. */
export interface ClaimedMail extends Omit<NewMail, 'eventIds'> {
  /** How often it was taken in hand, this time included. */
  readonly attempts: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What a server said, in one line of 200 characters at most. */
export function errorText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .slice(0, 200);
}
