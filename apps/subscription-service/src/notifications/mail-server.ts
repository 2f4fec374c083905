import type { ClaimedMail } from './outbox-mail.js';

/** What became of a mail that was handed to the mail server. */
export type SendResult =
  | { readonly result: 'sent' }
  /** The server will never take this mail. */
  | { readonly result: 'refused'; readonly error: string }
  /** @property serverFault whether the server takes no mail at all, and not just this one */
  | { readonly result: 'later'; readonly error: string; readonly serverFault: boolean };

/** Where mails go; what a server does or does not do is an answer, never a throw, and comes within a bounded time. */
export abstract class MailServer {
  abstract send(mail: ClaimedMail): Promise<SendResult>;
  abstract close(): void;
}
