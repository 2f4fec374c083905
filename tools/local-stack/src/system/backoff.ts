const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before start number `failures` + 1 in a row, in milliseconds: half a second, doubling up to 30 s. */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
}
