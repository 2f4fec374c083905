import type { DeliveryState } from '../history-schema/index.js';

/** What became of an event, over all its deliveries. `unmatched`: it has none, since no webhook wanted it. */
export const EVENT_RESULTS = ['running', 'failed', 'succeeded', 'discarded', 'unmatched'] as const;
export type EventResult = (typeof EVENT_RESULTS)[number];

/** @param states how many deliveries are in each state */
export function eventResult({ pending, retrying, failed, succeeded, discarded }: Readonly<Record<DeliveryState, number>>): EventResult {
  if (pending + retrying > 0) return 'running';
  if (failed > 0) return 'failed';
  if (succeeded > 0) return 'succeeded';
  return discarded > 0 ? 'discarded' : 'unmatched';
}
