import { Logger } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import type { MailServer } from './mail-server.js';
import type { MailStore } from './mail.store.js';
import { mailHandled, mailsPending } from './notifications.metrics.js';
import type { ClaimedMail } from './outbox-mail.js';

/** Longer than a mail takes: whoever has not ended one by then is dead. */
const CLAIM_MS = 30_000;
/** A day-old notice is no news; what happened is in the history. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 30 * 60_000;
const FIRST_PAUSE_MS = 2_000;
const LAST_PAUSE_MS = 60_000;
/** Mails of one round, so that what else there is to do gets its turn. */
const MAILS = 100;
const KEPT_MS = 30 * 24 * 3_600_000;
/** For the mail in hand when the process stops: to break it off would send it twice. Well within the time that a stop may take. */
const STOP_GRACE_MS = 5_000;

/**
 * Hands the mails of the outbox to the mail server, one at a time: a crash between the server's yes and the note of it repeats
 * that one mail and no other. While the server takes none, it is asked with one mail after growing pauses.
 */
export class MailSender {
  private readonly logger = new Logger(MailSender.name);
  private pausedUntil = 0;
  private faults = 0;
  private stopping = false;

  constructor(
    private readonly mails: MailStore,
    private readonly server: MailServer,
    private readonly clock: Clock,
  ) {}

  /** Sends what is due. @returns whether there may be more @throws AppError `DATABASE_UNAVAILABLE` */
  async sendDue(): Promise<boolean> {
    for (let sent = 0; sent < MAILS; sent++) {
      const now = this.clock.now();
      if (this.stopping || now < this.pausedUntil) return false;
      const mail = await this.mails.claim(now, now + CLAIM_MS);
      if (!mail) return false;
      await this.sendOne(mail);
    }
    return true;
  }

  /** Counts what waits, and forgets mails that ended long ago. */
  async tidy(): Promise<void> {
    const now = this.clock.now();
    const { count, oldest } = await this.mails.pending();
    mailsPending(count, oldest, now);
    await this.mails.deleteBefore(now - KEPT_MS);
  }

  /** Begins no further mail; the one in hand gets a moment to end. */
  stop(): void {
    this.stopping = true;
    setTimeout(() => this.server.close(), STOP_GRACE_MS).unref();
  }

  private async sendOne(mail: ClaimedMail): Promise<void> {
    if (this.clock.now() - mail.createdAt > GIVE_UP_AFTER_MS) {
      mailHandled('expired');
      return this.mails.failed(mail, 'not sent within a day');
    }
    const answer = await this.server.send(mail);
    const now = this.clock.now();
    const { id: mailId, accountId, webhookId, kind, attempts } = mail;
    const about = { mailId, accountId, webhookId, kind, attempts };
    if (answer.result === 'later' && answer.serverFault) return this.pause(mail, answer.error, now);
    this.resume();
    switch (answer.result) {
      case 'sent':
        await this.mails.sent(mail, now);
        mailHandled('sent');
        return this.logger.log({ msg: 'mail.sent', ...about });
      case 'refused':
        await this.mails.failed(mail, answer.error);
        mailHandled('refused');
        return this.logger.warn({ msg: 'mail.refused', ...about, reason: answer.error });
      case 'later':
        await this.mails.postpone(mail, now + grown(FIRST_RETRY_MS, LAST_RETRY_MS, attempts), answer.error);
        mailHandled('postponed');
        return this.logger.log({ msg: 'mail.postponed', ...about, reason: answer.error });
    }
  }

  private async pause(mail: ClaimedMail, error: string, now: number): Promise<void> {
    this.faults += 1;
    this.pausedUntil = now + grown(FIRST_PAUSE_MS, LAST_PAUSE_MS, this.faults);
    if (this.faults === 1) this.logger.warn({ msg: 'mail-server.unavailable', reason: error });
    await this.mails.postpone(mail, this.pausedUntil, error);
    mailHandled('postponed');
  }

  private resume(): void {
    if (this.faults > 0) this.logger.log({ msg: 'mail-server.available', faults: this.faults });
    this.faults = 0;
    this.pausedUntil = 0;
  }
}

/** @param times how often it was tried, from 1 */
function grown(first: number, last: number, times: number): number {
  return Math.min(last, first * 2 ** Math.min(times - 1, 20));
}
