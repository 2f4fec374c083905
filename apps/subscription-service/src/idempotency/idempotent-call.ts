import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { composeId, type IdPrefix, newId } from '#libs/kernel';

interface IdempotentCall {
  readonly accountId: string;
  readonly key: string;
  /** When the first try began, in milliseconds since the epoch: the same for every try. */
  readonly startedAt: number;
  ids: number;
}

const calls = new AsyncLocalStorage<IdempotentCall>();

/** Runs one try of an idempotent call. */
export function runIdempotentCall<T>(call: Omit<IdempotentCall, 'ids'>, work: () => Promise<T>): Promise<T> {
  return calls.run({ ...call, ids: 0 }, work);
}

/**
 * A new id; under an idempotency key, the same id in every try, first the first and so on. For what leaves the database
 * before the answer is remembered: a try after a crash then repeats it instead of adding to it.
 * @param now milliseconds since the Unix epoch
 */
export function newRepeatableId(prefix: IdPrefix, now: number): string {
  const call = calls.getStore();
  if (!call) return newId(prefix, now);
  const { accountId, key, startedAt } = call;
  const seed = JSON.stringify([accountId, key, startedAt, prefix, call.ids++]);
  return composeId(prefix, startedAt, createHash('sha256').update(seed).digest());
}
