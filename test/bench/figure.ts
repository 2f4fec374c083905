import { spread } from './statistics.js';

/** One line of the report: a value per run, and what it has to reach. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** One for each run. */
  readonly values: readonly number[];
  readonly reach?: { readonly atLeast: number } | { readonly atMost: number };
  /** A rate of requests: shown and judged against the bare loop too. */
  readonly againstBare?: { readonly atLeastPercent: number };
}

/** Whether the median of the runs reaches what it has to; undefined of a figure that has nothing to reach. */
export function reached({ values, reach }: Pick<Figure, 'values' | 'reach'>): boolean | undefined {
  if (!reach) return undefined;
  const { median } = spread(values);
  return values.length > 0 && ('atLeast' in reach ? median >= reach.atLeast : median <= reach.atMost);
}
