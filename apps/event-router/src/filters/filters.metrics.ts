import { Counter } from 'prom-client';

const RESULTS = ['matched', 'not-matched', 'failed'] as const;
const evaluations = new Counter({
  name: 'hookstream_router_filters_total',
  help: 'Evaluations of content filters by their result; a failed one ends its delivery as discarded',
  labelNames: ['result'],
});
const children = Object.fromEntries(RESULTS.map((result) => [result, evaluations.labels(result)])) as Record<
  (typeof RESULTS)[number],
  Counter.Internal
>;

export function countFilter(result: (typeof RESULTS)[number]): void {
  children[result].inc();
}
