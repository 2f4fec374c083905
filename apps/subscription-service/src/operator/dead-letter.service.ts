import { Logger } from '@nestjs/common';
import { AppError, type Clock, isId } from '#libs/kernel';
import type { Publisher } from '#libs/messaging';
import type { Transaction, UnitOfWork } from '#libs/persistence';
import { auditedBy, type AuditLog } from '../audit/index.js';
import type { Principal } from '../auth/index.js';
import { decodeKeyCursor, type Page, pageOf } from '../http/index.js';
import { type DeadLetterSummary, isRepublishable, type StoredDeadLetter } from './dead-letter.js';
import { originalRecord } from './dead-letter-record.js';
import type { DeadLetterQuery, DeadLetterStore } from './dead-letter.store.js';
import './operator.errors.js';

/** Less than what the database lets a transaction wait. */
const PUBLISH_MS = 4_000;

export interface ListDeadLetters extends Omit<DeadLetterQuery, 'after'> {
  readonly cursor?: string | undefined;
}

/** What operators ask and do about dead letters. */
export class DeadLetterService {
  private readonly logger = new Logger(DeadLetterService.name);

  constructor(
    private readonly store: DeadLetterStore,
    private readonly publisher: Publisher,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list({ cursor, ...asked }: ListDeadLetters): Promise<Page<DeadLetterSummary>> {
    const after = decodeKeyCursor(cursor, (key) => isId('dl', key));
    return pageOf(await this.store.list({ ...asked, after, limit: asked.limit + 1 }), asked.limit, ({ id }) => id);
  }

  /** @throws AppError `DEAD_LETTER_NOT_FOUND` */
  async get(id: string): Promise<StoredDeadLetter> {
    return found(isId('dl', id) ? await this.store.find(id) : undefined);
  }

  /**
   * Publishes the record as it was, on the topic from which it came. Two who do so at once publish it once.
   * @param again also when it was published again before
   * @throws AppError `DEAD_LETTER_NOT_FOUND`, `DEAD_LETTER_REPUBLISHED`, `DEAD_LETTER_NOT_REPUBLISHABLE`, `BROKER_UNAVAILABLE`
   */
  async republish(caller: Principal, id: string, again: boolean): Promise<StoredDeadLetter> {
    const letter = await this.unitOfWork.run(async (transaction) => {
      const locked = found(isId('dl', id) ? await this.store.lock(transaction, id) : undefined);
      if (!isRepublishable(locked)) throw new AppError('DEAD_LETTER_NOT_REPUBLISHABLE', 'what is kept is not what was published');
      if (locked.republished && !again) throw new AppError('DEAD_LETTER_REPUBLISHED', `it was published again at ${locked.republished.at}`);
      // Before the mark is committed: a crash in between leaves a letter that may be published twice, the other order would lose it.
      await this.publisher.publish(locked.topic!, originalRecord(locked), { deadlineMs: PUBLISH_MS });
      return this.marked(transaction, caller, locked);
    });
    this.unitOfWork.afterCommit(() =>
      this.logger.log({
        msg: 'dead-letter.republished',
        deadLetterId: id,
        topic: letter.topic,
        reason: letter.reason,
        actor: caller.actor,
      }),
    );
    return letter;
  }

  private async marked(transaction: Transaction, caller: Principal, letter: StoredDeadLetter): Promise<StoredDeadLetter> {
    const { id, topic, partition, offset, reason } = letter;
    const republished = { at: new Date(this.clock.now()).toISOString(), by: caller.actor };
    await this.store.markRepublished(transaction, id, republished.at, republished.by);
    await this.audit.record(transaction, {
      ...auditedBy(caller),
      accountId: null,
      action: 'dead-letter.republished',
      subject: id,
      before: letter.republished,
      after: { topic, partition, offset, reason },
    });
    return { ...letter, republished };
  }
}

function found(letter: StoredDeadLetter | undefined): StoredDeadLetter {
  if (!letter) throw new AppError('DEAD_LETTER_NOT_FOUND', 'there is no dead letter with this id');
  return letter;
}
