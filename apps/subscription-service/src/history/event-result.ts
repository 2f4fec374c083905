import type { DeliveryState } from '../history-schema/index.js';

/** What became of an event, over all its deliveries. */
export const EVENT_RESULTS = ['running', 'failed', 'succeeded', 'discarded'] as const;
export type EventResult = (typeof EVENT_RESULTS)[number];

/** @param states how many deliveries are in each state */
export function eventResult({ pending, retrying, failed, succeeded }: Readonly<Record<DeliveryState, number>>): EventResult {
  if (pending + retrying > 0) return 'running';
  if (failed > 0) return 'failed';
  return succeeded > 0 ? 'succeeded' : 'discarded';
}
