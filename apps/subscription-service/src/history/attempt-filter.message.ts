import { ATTEMPT_TRIGGERS, ERROR_CLASSES } from '#libs/contracts';
import type { AttemptFilter, Timestamp } from '../grpc/index.js';
import { timeOf, wordOf } from '../grpc/index.js';

/** The filters of a list of attempts as the query over HTTP. */
export function filterQuery(filter: Partial<AttemptFilter> | undefined): Record<string, unknown> {
  const { status, errorClass, trigger, from, to, ...same } = filter ?? {};
  return {
    ...same,
    status: wordOf('ATTEMPT_STATUS_', ['succeeded', 'failed'], status),
    errorClass: errorClass?.length ? errorClass.map((member) => wordOf('ERROR_CLASS_', ERROR_CLASSES, member)) : undefined,
    trigger: wordOf('ATTEMPT_TRIGGER_', ATTEMPT_TRIGGERS, trigger),
    from: timeQuery(from),
    to: timeQuery(to),
  };
}

export function timeQuery(time: Partial<Timestamp> | undefined): string | undefined {
  return time && timeOf(time);
}
