import { createTransport } from 'nodemailer';
import type { Secret } from '#libs/kernel';
import { MailServer, type SendResult } from './mail-server.js';
import { type ClaimedMail, errorText } from './outbox-mail.js';

export interface SmtpSettings {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly url: Secret;
  /** Sender of the mails, such as `Hookstream <hooks@example.com>`. */
  readonly from: string;
  /** Milliseconds for a whole mail, from connecting to the last answer. */
  readonly deadlineMs?: number;
}

/** Below the time after which another process takes the same mail in hand. */
const DEADLINE_MS = 20_000;

/** What nodemailer says of a fault. */
interface SmtpFault {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly message: string;
}

/**
 * One connection a mail: mails are rare, and a kept connection is one more thing that hangs. The deadline is for the whole of it,
 * as a timeout for silence never ends a server that drips.
 */
export class SmtpMailServer extends MailServer {
  private readonly transport;
  private readonly deadlineMs: number;
  private readonly domain: string;
  private readonly closing = new AbortController();

  constructor(private readonly settings: SmtpSettings) {
    super();
    this.deadlineMs = settings.deadlineMs ?? DEADLINE_MS;
    this.domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(settings.from)?.[1] ?? 'localhost';
    this.transport = createTransport({
      url: settings.url.reveal(),
      connectionTimeout: this.deadlineMs / 2,
      greetingTimeout: this.deadlineMs / 2,
      socketTimeout: this.deadlineMs,
      dnsTimeout: this.deadlineMs / 2,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  override async send(mail: ClaimedMail): Promise<SendResult> {
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(this.deadlineMs)]);
    try {
      await this.transport.sendMail({
        from: this.settings.from,
        // An object is taken as it is; a text would be read as a list.
        to: { name: '', address: mail.recipient },
        subject: mail.subject,
        text: mail.plainText,
        html: mail.htmlText,
        // The same on a repeat after a crash, so that mail systems show one.
        messageId: `<${mail.id}@${this.domain}>`,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'List-Unsubscribe': { prepared: true, value: `<${mail.unsubscribeUrl}>` },
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
        signal,
      });
      return { result: 'sent' };
    } catch (error) {
      return answerTo(error as SmtpFault);
    }
  }

  override close(): void {
    this.closing.abort();
    this.transport.close();
  }
}

/** Only what a server says of the recipient or of the mail itself is about this mail; all else would meet any other as well. */
function answerTo({ code, command, responseCode, message }: SmtpFault): SendResult {
  const error = errorText(code === 'EABORT' ? 'the mail server did not answer in time' : message);
  const aboutMail = responseCode !== undefined && (command === 'RCPT TO' || command === 'DATA' || code === 'EMESSAGE');
  if (aboutMail && responseCode >= 500) return { result: 'refused', error };
  return { result: 'later', error, serverFault: !aboutMail };
}
