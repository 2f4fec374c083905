import type { Attempt } from '../../api';

/** New attempts that wait until one asks for them, so that the list does not move under the reader. */
export interface NewAttempts {
  /** Newest first. */
  readonly waiting: readonly Attempt[];
  /** More came than were kept, or the server left some out. */
  readonly more: boolean;
}

export const NO_NEW_ATTEMPTS: NewAttempts = { waiting: [], more: false };

/** More than that is counted no more: the list is read again anyway. */
const MOST_KEPT = 999;

/** An attempt is counted once, also when the stream tells of it again after it was resumed. */
export function withAttempt(before: NewAttempts, attempt: Attempt): NewAttempts {
  if (before.waiting.some(({ id }) => id === attempt.id)) return before;
  if (before.waiting.length >= MOST_KEPT) return before.more ? before : { ...before, more: true };
  return { ...before, waiting: [attempt, ...before.waiting] };
}

/** Some were left out on the way. */
export function withGap(before: NewAttempts): NewAttempts {
  return { ...before, more: true };
}

/** Those that the list shows already do not wait. */
export function notAmong(news: NewAttempts, listed: readonly { readonly id: string }[]): NewAttempts {
  const ids = new Set(listed.map(({ id }) => id));
  const waiting = news.waiting.filter(({ id }) => !ids.has(id));
  return waiting.length === news.waiting.length ? news : { ...news, waiting };
}
