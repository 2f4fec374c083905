import { Equals } from 'class-validator';
import { validationFailed } from '#libs/runtime';
import { isAccountId } from '../../accounts/index.js';
import { Label, Optional } from '../../http/index.js';
import type { ExpungeSubject } from './expunge.store.js';

/** One of these. */
export class ExpungeDto {
  @Optional()
  @Label(1_024)
  eventId?: string;

  @Optional()
  @Label(100)
  webhookId?: string;

  @Optional()
  @Equals(true)
  everything?: true;
}

/** @throws AppError `VALIDATION_FAILED` unless one thing is named */
export function subjectOf(accountId: string, { eventId, webhookId, everything }: ExpungeDto): ExpungeSubject {
  if (!isAccountId(accountId)) throw validationFailed([{ field: 'id', rule: 'accountId', message: 'no account can have this id' }]);
  const named = [eventId, webhookId, everything].filter((value) => value !== undefined).length;
  if (named !== 1)
    throw validationFailed([{ field: 'eventId', rule: 'expunge.oneSubject', message: 'name one of eventId, webhookId and everything' }]);
  if (eventId !== undefined) return { kind: 'event', accountId, eventId };
  return webhookId === undefined ? { kind: 'account', accountId } : { kind: 'webhook', accountId, webhookId };
}
