import type { Delivery, Overview } from '../api';

/** Whether anything real has arrived: tests show the way, and attempts that failed are not there yet. */
export function hasDelivered(totals: Pick<Overview['totals'], 'succeeded'>, succeeded: readonly Pick<Delivery, 'test'>[] = []): boolean {
  return totals.succeeded > 0 || succeeded.some(({ test }) => !test);
}
