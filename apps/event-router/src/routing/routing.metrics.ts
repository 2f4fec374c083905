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

const RESULTS = ['routed', 'unknown-type', 'no-webhook', 'repeat', 'unreadable'] as const;
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
