import { Counter } from 'prom-client';

const events = new Counter({
  name: 'hookstream_router_events_total',
  help: 'Domain events by what became of them',
  labelNames: ['result'],
});
const requested = new Counter({
  name: 'hookstream_router_deliveries_requested_total',
  help: 'Delivery requests that the broker acknowledged',
});

const mismatches = new Counter({
  name: 'hookstream_router_schema_mismatches_total',
  help: 'Events whose data does not fit the schema of their type, by what the type does with them',
  labelNames: ['action'],
});

const RESULTS = ['routed', 'unknown-type', 'no-webhook', 'filtered', 'repeat', 'unreadable', 'schema-mismatch'] as const;
const children = Object.fromEntries(RESULTS.map((result) => [result, events.labels(result)])) as Record<
  (typeof RESULTS)[number],
  Counter.Internal
>;

export function countEvent(result: (typeof RESULTS)[number]): void {
  children[result].inc();
}

export function countRequested(deliveries: number): void {
  requested.inc(deliveries);
}

export function countMismatch(action: 'warn' | 'reject'): void {
  mismatches.labels(action).inc();
}
