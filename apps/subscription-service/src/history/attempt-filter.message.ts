import { ATTEMPT_TRIGGERS, ERROR_CLASSES } from '#libs/contracts';
import type { AttemptFilter, Timestamp } from '../grpc/index.js';
import { timeOf, wordOf } from '../grpc/index.js';

/** The filters of a list of attempts as the query over HTTP. */
export function filterQuery(filter: Partial<AttemptFilter> | undefined): Record<string, unknown> {
  const { status, errorClass, trigger, from, to, ...same } = filter ?? {};
  return {
    ...same,
    status: wordOf('ATTEMPT_STATUS_', ['succeeded', 'failed'], status),
    errorClass: wordsOf('ERROR_CLASS_', ERROR_CLASSES, errorClass),
    trigger: wordsOf('ATTEMPT_TRIGGER_', ATTEMPT_TRIGGERS, trigger),
    from: timeQuery(from),
    to: timeQuery(to),
  };
}

/** No members are no choice: a message cannot tell an empty list from none. */
function wordsOf(prefix: string, words: readonly string[], members: readonly string[] | undefined): unknown {
  return members?.length ? members.map((member) => wordOf(prefix, words, member)) : undefined;
}

export function timeQuery(time: Partial<Timestamp> | undefined): string | undefined {
  return time && timeOf(time);
}
