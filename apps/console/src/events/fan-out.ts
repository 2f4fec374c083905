import type { EventTrace } from '../api';

type Traced = EventTrace['webhooks'][number];
export type FanOutFilter = 'all' | 'matched' | 'missed';

/** Those that got the event first: a long list begins with what happened. */
export function fanOut(webhooks: readonly Traced[], filter: FanOutFilter): Traced[] {
  const wanted = webhooks.filter(({ matched }) => filter === 'all' || matched === (filter === 'matched'));
  return wanted.toSorted((one, other) => Number(other.matched) - Number(one.matched));
}

/** How many webhooks a redelivery would reach, as far as the trace knows: the server decides on what there is then. */
export function reached(webhooks: readonly Traced[], to: 'all' | 'missing'): number {
  const matched = webhooks.filter(({ matched: got, name }) => got && name !== null);
  if (to === 'all') return matched.length;
  return matched.filter(
    ({ deliveries }) => !deliveries.some(({ delivery: { state } }) => state === 'succeeded' || state === 'pending' || state === 'retrying'),
  ).length;
}

/** A sentence of the server's as one begins a sentence, with its full stop. */
export function asSentence(words: string): string {
  const trimmed = words.trim();
  if (trimmed === '') return '';
  return `${trimmed[0]!.toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
