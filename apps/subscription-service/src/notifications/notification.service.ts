import { Logger } from '@nestjs/common';
import { AppError, type Clock, newId } from '#libs/kernel';
import type { Transaction, UnitOfWork } from '#libs/persistence';
import type { NotificationKind } from '../accounts/index.js';
import { decide } from './decision.js';
import { htmlText, plainText } from './letter.js';
import { letterOf } from './letter-of-notice.js';
import type { MailStore } from './mail.store.js';
import { eventIdsOf, type Notice, noticeKey } from './notice.js';
import { noticeMade, noticeSkipped } from './notifications.metrics.js';
import type { NewMail } from './outbox-mail.js';
import type { OwnedWebhook, OwnerDirectory } from './owner-directory.js';
import { recipientsOf } from './recipients.js';
import { QUIET } from './standing.js';
import type { KnownStanding, StandingStore } from './standing.store.js';
import type { UnsubscribeLinks } from './unsubscribe-links.js';
import type { UnsubscriptionStore } from './unsubscription.store.js';

export interface NotificationRules {
  /** Minutes for which failures after the first are gathered, for accounts that do not say; 0: a mail for each. */
  readonly digestMinutes: number;
  /** Where people reach the console, without a slash at the end. */
  readonly publicUrl: string;
}

/** What is decided from and written to, all in one transaction. */
export interface NotificationStores {
  readonly standings: StandingStore;
  readonly owners: OwnerDirectory;
  readonly mails: MailStore;
  readonly unsubscriptions: UnsubscriptionStore;
}

/** Webhooks decided about in one transaction. */
const BATCH = 50;
/** Even one of which nothing is expected is looked at now and then: its webhook may be deleted. */
const DAY_MS = 24 * 3_600_000;
const LATER_MS = 3_600_000;

/** Decides which mails are due and puts them into the outbox. */
export class NotificationService {
  private readonly logger = new Logger(NotificationService.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: NotificationStores,
    private readonly links: UnsubscribeLinks,
    private readonly rules: NotificationRules,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides about the webhooks that are due. The mails and what is known of the webhooks then change in one transaction, so that
   * each notice is made once whatever dies in between.
   * @returns how many webhooks there were; when it is not 0 there may be more
   * @throws AppError `DATABASE_UNAVAILABLE`
   */
  async decideDue(): Promise<number> {
    const now = this.clock.now();
    return this.unitOfWork.run(async (transaction) => {
      const due = await this.stores.standings.lockDue(transaction, now, BATCH);
      if (due.length === 0) return 0;
      const owners = await this.stores.owners.find(
        transaction,
        due.map(({ webhookId }) => webhookId),
      );
      const [kept, over]: [KnownStanding[], string[]] = [[], []];
      for (const known of due) {
        const owner = owners.get(known.webhookId);
        const standing = owner && (await this.apart(transaction, known, now, () => this.decideOne(transaction, owner, known, now)));
        if (standing) kept.push(standing);
        else over.push(known.webhookId);
      }
      await this.stores.standings.save(transaction, kept);
      await this.stores.standings.remove(transaction, over);
      return due.length;
    });
  }

  /** A webhook about which it cannot be decided must not keep the others from it; it is looked at again later. */
  private async apart<T>(transaction: Transaction, known: KnownStanding, now: number, work: () => Promise<T>) {
    await transaction.query('savepoint one');
    try {
      return await work();
    } catch (err) {
      if (err instanceof AppError && err.code === 'DATABASE_UNAVAILABLE') throw err;
      // On a broken connection this throws in its turn.
      await transaction.query('rollback to savepoint one');
      this.logger.error({ err, webhookId: known.webhookId, accountId: known.accountId }, 'notices.not-decided');
      return { ...known, lookAt: now + LATER_MS };
    }
  }

  /** @returns undefined when nothing is left to remember */
  private async decideOne(transaction: Transaction, owner: OwnedWebhook, known: KnownStanding, now: number) {
    const digestMs = (owner.digestMinutes ?? this.rules.digestMinutes) * 60_000;
    const { notices, standing, nextMs } = decide(known.standing, digestMs, now);
    for (const notice of notices) await this.tell(transaction, owner, notice, now);
    return standing === QUIET ? undefined : { ...known, standing, lookAt: Math.min(nextMs ?? Infinity, now + DAY_MS) };
  }

  private async tell(transaction: Transaction, owner: OwnedWebhook, notice: Notice, now: number): Promise<void> {
    if (!owner.wanted) return noticeSkipped('switched-off');
    if (!owner.kinds.has(kindOf(notice))) return noticeSkipped('kind-switched-off');
    if (!owner.enabled && (notice.kind === 'circuit-open' || notice.kind === 'disable-warning')) return noticeSkipped('webhook-disabled');
    const addresses = recipientsOf(owner.addresses);
    if (addresses.length === 0) return noticeSkipped('no-address');
    const unsubscribed = await this.stores.unsubscriptions.of(transaction, owner.accountId, owner.id);
    const wanting = addresses.filter((address) => !unsubscribed.has(address.toLowerCase()));
    if (wanting.length === 0) return noticeSkipped('unsubscribed');
    const mails = wanting.map((recipient) => this.mailOf(owner, notice, recipient, now));
    const { dropped } = await this.stores.mails.add(transaction, mails, now);
    noticeMade(notice.kind);
    if (dropped === 0) return;
    noticeSkipped('outbox-full', dropped);
    this.logger.warn({ accountId: owner.accountId, webhookId: owner.id, kind: notice.kind, dropped }, 'mail.dropped');
  }

  private mailOf(owner: OwnedWebhook, notice: Notice, recipient: string, now: number): NewMail {
    const { id: webhookId, accountId } = owner;
    const unsubscribeUrl = this.links.linkFor({ accountId, webhookId, address: recipient.toLowerCase() });
    const letter = letterOf(notice, { webhook: owner, publicUrl: this.rules.publicUrl, unsubscribeUrl });
    return {
      ...{ id: newId('ntf', now), accountId, webhookId, kind: notice.kind, noticeKey: noticeKey(notice), recipient, unsubscribeUrl },
      eventIds: eventIdsOf(notice),
      subject: letter.subject,
      plainText: plainText(letter),
      htmlText: htmlText(letter),
    };
  }
}

/** As accounts switch it on and off. */
function kindOf({ kind }: Notice): NotificationKind {
  return kind === 'digest' ? 'failure' : kind;
}
