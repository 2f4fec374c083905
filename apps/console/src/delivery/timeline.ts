import type { DeliveryDetail } from '../api';

/** A step in the life of a delivery. */
export type TimelineStep =
  | { readonly kind: 'published'; readonly at: string; readonly source: string }
  | { readonly kind: 'routed'; readonly at: string }
  | { readonly kind: 'attempt'; readonly at: string; readonly attempt: DeliveryDetail['timeline'][number] }
  | { readonly kind: 'waiting'; readonly attempt: number }
  | { readonly kind: 'next'; readonly at: string; readonly attempt: number }
  | { readonly kind: 'ended'; readonly at: string; readonly state: 'succeeded' | 'failed' | 'discarded'; readonly reason: string | null };

/** Published → routed → attempt 1 … n → the next one, or the end. Of an event that is no longer kept there is no beginning. */
export function timelineOf(delivery: DeliveryDetail): TimelineStep[] {
  const { event, createdAt, timeline, attempts } = delivery;
  return [
    ...(event ? [{ kind: 'published' as const, at: event.time, source: event.source }] : []),
    { kind: 'routed', at: createdAt },
    ...timeline.map((attempt) => ({ kind: 'attempt' as const, at: attempt.attemptedAt, attempt })),
    ...endOf(delivery, Math.max(attempts, timeline.at(-1)?.attempt ?? 0) + 1),
  ];
}

function endOf({ state, nextAttemptAt, completedAt, reason }: DeliveryDetail, attempt: number): TimelineStep[] {
  if (state === 'retrying' && nextAttemptAt) return [{ kind: 'next', at: nextAttemptAt, attempt }];
  if (state === 'pending' || state === 'retrying') return [{ kind: 'waiting', attempt }];
  return completedAt === null ? [] : [{ kind: 'ended', at: completedAt, state, reason }];
}

/** How long until a time, to count down: `4:05`, `2:03:04` from an hour on; `0:00` once it is there. */
export function countdown(until: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
