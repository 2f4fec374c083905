import { type MailMessage, readMailMessage } from './mail-message.js';

export interface KeptMail extends MailMessage {
  readonly id: number;
  /** RFC 3339. */
  readonly receivedAt: string;
  /** Whom it was really sent to and by whom, whatever its headers say. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly raw: Buffer;
}

/** The newest mails, as many as fit. */
export class KeptMails {
  private readonly mails: KeptMail[] = [];
  private lastId = 0;
  private bytes = 0;

  constructor(
    private readonly most: number,
    private readonly mostBytes: number,
  ) {}

  add(raw: Buffer, envelope: KeptMail['envelope']): void {
    const id = ++this.lastId;
    this.mails.unshift({ ...readMailMessage(raw), id, receivedAt: new Date().toISOString(), envelope, raw });
    this.bytes += raw.length;
    while (this.mails.length > this.most || (this.bytes > this.mostBytes && this.mails.length > 1))
      this.bytes -= this.mails.pop()!.raw.length;
  }

  /** Newest first. @param to only those to this address, in any case */
  list(to?: string): readonly KeptMail[] {
    if (to === undefined) return this.mails;
    const wanted = to.toLowerCase();
    return this.mails.filter(({ envelope }) => envelope.to.some((address) => address.toLowerCase() === wanted));
  }

  find(id: number): KeptMail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  clear(): void {
    this.mails.length = 0;
    this.bytes = 0;
  }
}
