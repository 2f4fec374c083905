import type { AutoDisableReason } from '#libs/contracts';
import type { Failure, Gathered, Trouble } from './standing.js';

/** What the owner of a webhook is told; the words are chosen when the mail is sent. */
export type Notice =
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'digest'; readonly gathered: Gathered; readonly worksAgain: boolean }
  | { readonly kind: 'circuit-open'; readonly trouble: Trouble }
  | { readonly kind: 'disable-warning'; readonly trouble: Trouble }
  | { readonly kind: 'disabled'; readonly reason: AutoDisableReason; readonly trouble: Trouble }
  | { readonly kind: 'recovered'; readonly downSince: string; readonly at: string; readonly eventType: string; readonly host: string };

/** The same for the same notice however often it is made, and different for any other of the webhook. */
export function noticeKey(notice: Notice): string {
  switch (notice.kind) {
    case 'failure':
      return `failure:${notice.failure.attemptId}`;
    case 'digest':
      return `digest:${notice.gathered.last.attemptId}`;
    case 'circuit-open':
      return `circuit-open:${notice.trouble.openSince}`;
    case 'disable-warning':
      return `disable-warning:${notice.trouble.failingSince}:${notice.trouble.warnedPercent}`;
    case 'disabled':
      return `disabled:${notice.trouble.changedAt}`;
    case 'recovered':
      return `recovered:${notice.at}`;
  }
}

/** The events that a notice tells of; circuits and recoveries are told of without any. */
export function eventIdsOf(notice: Notice): readonly string[] {
  if (notice.kind === 'failure') return [notice.failure.eventId];
  if (notice.kind !== 'digest') return [];
  const { kept, last } = notice.gathered;
  return [...new Set([...kept, last].map(({ eventId }) => eventId))];
}
