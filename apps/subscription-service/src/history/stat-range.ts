import { validationFailed } from '#libs/runtime';

/** Times until now, as the charts offer them. */
export const RANGES = ['1h', '24h', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number];

/** Widths of a bucket. */
export const BUCKETS = ['1m', '5m', '15m', '1h', '6h', '1d'] as const;
export type Bucket = (typeof BUCKETS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const RANGE_MS: Readonly<Record<Range, number>> = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 168 * HOUR_MS, '30d': 720 * HOUR_MS };
const BUCKET_MS: Readonly<Record<Bucket, number>> = {
  ...{ '1m': MINUTE_MS, '5m': 5 * MINUTE_MS, '15m': 15 * MINUTE_MS },
  ...{ '1h': HOUR_MS, '6h': 6 * HOUR_MS, '1d': 24 * HOUR_MS },
};

/** How many buckets an answer has when nobody asks for their width, and at most. */
const FEW_BUCKETS = 120;
const MOST_BUCKETS = 1_500;

/** A stretch of time, cut into buckets. Times are milliseconds since the epoch; `from` is the start of a bucket. */
export interface StatRange {
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

export interface AskedRange {
  readonly range?: Range | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly bucket?: Bucket | undefined;
}

/** @throws AppError `VALIDATION_FAILED` for times that make no stretch or too many buckets */
export function statRangeOf({ range, from: askedFrom, to: askedTo, bucket }: AskedRange, now: number): StatRange {
  if (range !== undefined && (askedFrom !== undefined || askedTo !== undefined)) {
    throw validationFailed([{ field: 'range', rule: 'range-or-times', message: 'range does not go with from and to' }]);
  }
  const to = askedTo ?? now;
  const start = askedFrom ?? to - RANGE_MS[range ?? '24h'];
  if (start >= to) throw validationFailed([{ field: 'from', rule: 'before-to', message: 'from must be before to' }]);
  const bucketMs = bucket === undefined ? suitable(to - start) : BUCKET_MS[bucket];
  const from = Math.floor(start / bucketMs) * bucketMs;
  if ((to - from) / bucketMs > MOST_BUCKETS) {
    throw validationFailed([
      { field: 'bucket', rule: 'too-many-buckets', message: `bucket must be so wide that there are at most ${MOST_BUCKETS}` },
    ]);
  }
  return { from, to, bucketMs };
}

function suitable(stretch: number): number {
  const widths = BUCKETS.map((name) => BUCKET_MS[name]);
  return widths.find((width) => stretch / width <= FEW_BUCKETS) ?? widths.at(-1)!;
}
