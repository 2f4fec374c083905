import { createHash, randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { AppError, type FieldError } from '#libs/kernel';
import type { UnitOfWork } from '#libs/persistence';
import { validationFailed } from '#libs/runtime';
import type { Sealer } from '#libs/secrets';
import type { Principal } from '../auth/index.js';
import { type CallRef, type IdempotencyStore } from './idempotency.store.js';
import { runIdempotentCall } from './idempotent-call.js';
import './idempotency.errors.js';

export interface IdempotentRequest {
  /** As the caller chose it: 1 to 255 printable ASCII characters. */
  readonly key: string;
  /** What is asked, such as method and path. */
  readonly operation: string;
  /** Equal for equal requests. */
  readonly fingerprint: string | Buffer;
}

export interface Once<T> {
  readonly answer: T;
  /** Whether this is the answer of an earlier call. */
  readonly replayed: boolean;
}

type Outcome<T> =
  { readonly answer: T } | { readonly error: { readonly code: string; readonly message: string; readonly fields: readonly FieldError[] } };

const KEY = /^[\x20-\x7e]{1,255}$/;
const FIELD = 'idempotency-key';
/** A call that runs is nearly always done by then. */
const RETRY_AFTER_SECONDS = 1;
/** Refusals that say something about the request itself, and so will again. */
const LASTING = new Set<AppError['kind']>(['malformed', 'invalid', 'precondition', 'notFound', 'conflict', 'stale', 'tooLarge']);

/**
 * Calls that happen once however often they are sent.
 *
 * A call first takes its key, under a lease. What it changes in the database and its answer, sealed because it may hold
 * a secret, are committed in one transaction: after a crash either both are there and a repeat gets the answer, or
 * neither is and, once the lease is over, a repeat runs as the first call would have. A call that was taken for dead and
 * goes on cannot commit, since the key has another holder. What leaves the database before the commit, which events do,
 * gets its ids from `newRepeatableId` and so is told as a repeat downstream.
 */
export class Idempotency {
  private readonly logger = new Logger(Idempotency.name);

  constructor(
    private readonly store: IdempotencyStore,
    private readonly unitOfWork: Pick<UnitOfWork, 'together'>,
    private readonly sealer: Pick<Sealer, 'seal' | 'open'>,
  ) {}

  /**
   * @param run its answer must survive JSON; what it changes is committed after it has returned
   * @throws AppError what `run` throws, also again for a repeat when the refusal is a lasting one; `IDEMPOTENCY_CONFLICT`,
   *   `IDEMPOTENCY_IN_PROGRESS`, `VALIDATION_FAILED` for a key of the wrong form
   */
  async once<T>(principal: Principal, request: IdempotentRequest, run: () => Promise<T>): Promise<Once<T>> {
    const { key } = request;
    if (!KEY.test(key))
      throw validationFailed([{ field: FIELD, rule: 'text', message: `${FIELD} must have 1 to 255 printable ASCII characters` }]);
    const call = { accountId: principal.accountId, key };
    const holder = randomUUID();
    const begun = await this.begin<T>(call, holder, digest(request));
    if ('outcome' in begun) return { answer: answerOf(begun.outcome), replayed: true };
    try {
      const attempt = () => runIdempotentCall({ ...call, startedAt: begun.startedAt.getTime() }, run);
      const answer = await this.unitOfWork.together(attempt, async (transaction, result) => {
        if (!(await this.store.finish(call, holder, this.seal(call, { answer: result }), transaction))) throw inProgress();
      });
      return { answer, replayed: false };
    } catch (error) {
      await this.settle(call, holder, error);
      throw error;
    }
  }

  private async begin<T>(call: CallRef, holder: string, fingerprint: string): Promise<{ outcome: Outcome<T> } | { startedAt: Date }> {
    const claim = await this.store.claim(call, holder, this.sealer.seal(fingerprint, aad(call, 'request')));
    if (!('taken' in claim)) return claim;
    const { taken } = claim;
    if (this.sealer.open(taken.fingerprint, aad(call, 'request')).toString() !== fingerprint)
      throw new AppError('IDEMPOTENCY_CONFLICT', 'this idempotency key came with another request before');
    if (taken.answer !== null) {
      return { outcome: JSON.parse(this.sealer.open(taken.answer, aad(call, 'answer')).toString('utf8')) as Outcome<T> };
    }
    const startedAt = taken.leaseOver ? await this.store.takeOver(call, taken.holder, holder) : undefined;
    if (!startedAt) throw inProgress();
    return { startedAt };
  }

  /** Nothing was changed: a lasting refusal is remembered, after any other the call may be repeated at once. */
  private async settle(call: CallRef, holder: string, error: unknown): Promise<void> {
    try {
      if (error instanceof AppError && LASTING.has(error.kind) && !error.retryable) {
        const { code, message, fields } = error;
        await this.store.finish(call, holder, this.seal(call, { error: { code, message, fields } }));
      } else await this.store.release(call, holder);
    } catch (err) {
      // The lease ends by itself.
      this.logger.warn({ err, accountId: call.accountId }, 'idempotency.not-settled');
    }
  }

  private seal(call: CallRef, outcome: Outcome<unknown>): string {
    return this.sealer.seal(JSON.stringify(outcome), aad(call, 'answer'));
  }
}

function answerOf<T>(outcome: Outcome<T>): T {
  if (!('error' in outcome)) return outcome.answer;
  const { code, message, fields } = outcome.error;
  throw new AppError(code, message, { fields });
}

function inProgress(): AppError {
  const message = 'the first call with this idempotency key has not ended yet';
  return new AppError('IDEMPOTENCY_IN_PROGRESS', message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
}

function digest({ operation, fingerprint }: IdempotentRequest): string {
  return createHash('sha256').update(`${operation}\0`).update(fingerprint).digest('base64');
}

function aad({ accountId, key }: CallRef, purpose: 'request' | 'answer'): string[] {
  return ['idempotency', accountId, key, purpose];
}
