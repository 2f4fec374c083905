import type { AttemptDetail } from '../api';

export const PHASES = ['dns', 'connect', 'tls', 'firstByte', 'body'] as const;
export type PhaseName = (typeof PHASES)[number];

/** A phase of an attempt, in milliseconds since it began. */
export interface Phase {
  readonly name: PhaseName;
  readonly from: number;
  readonly to: number;
}

/** How the time of an attempt was spent. A phase that was never over, or not needed on an open connection, has none. */
export function phasesOf({ dns, connect, tls, firstByte, total }: AttemptDetail['timings']): Phase[] {
  const phases: Phase[] = [];
  let from = 0;
  const ends = [
    ['dns', dns],
    ['connect', connect],
    ['tls', tls],
    ['firstByte', firstByte],
  ] as const;
  for (const [name, to] of ends) {
    if (to === null) continue;
    phases.push({ name, from, to: Math.max(to, from) });
    from = Math.max(to, from);
  }
  if (firstByte !== null && total > from) phases.push({ name: 'body', from, to: total });
  return phases;
}

/** The phase in which an attempt without an answer stood still: what follows the last one that was over. */
export function unfinished({
  dns,
  connect,
  tls,
  firstByte,
  total,
}: AttemptDetail['timings']): { readonly from: number; readonly to: number } | undefined {
  if (firstByte !== null) return undefined;
  const from = Math.max(dns ?? 0, connect ?? 0, tls ?? 0);
  return total > from ? { from, to: total } : undefined;
}
