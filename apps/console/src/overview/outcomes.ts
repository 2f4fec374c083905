import type { Stats } from '../api';

export type Outcome = keyof Stats['buckets'][number]['outcomes'];

/** As the chart stacks them, best first. */
export const OUTCOMES = [
  'success',
  'http3xx',
  'http4xx',
  'http5xx',
  'timeout',
  'connection',
  'policy',
] as const satisfies readonly Outcome[];

/** The filter of a webhook's history that shows what a bar counts. */
export interface HistoryFilter {
  readonly status?: 'succeeded';
  readonly code?: string;
  readonly errorClass?: string;
  /** Tests are not counted. */
  readonly trigger: 'not-test';
  readonly from: string;
  readonly to: string;
}

const FILTERS = {
  success: { status: 'succeeded' },
  http3xx: { code: '3xx' },
  http4xx: { code: '4xx' },
  http5xx: { code: '5xx' },
  timeout: { errorClass: 'timeout' },
  connection: { errorClass: 'connection' },
  policy: { errorClass: 'policy' },
} as const satisfies Record<Outcome, object>;

/** @param start RFC 3339, when the bar's time begins */
export function historyFilter(outcome: Outcome, start: string, bucketSeconds: number): HistoryFilter {
  const to = new Date(Date.parse(start) + bucketSeconds * 1000).toISOString();
  return { ...FILTERS[outcome], trigger: 'not-test', from: start, to };
}
