const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
export const MAX_DELAY_MS = 7 * UNIT_MS.d;

/** Milliseconds of a delay such as `30s` or `2h`; undefined for a text that is none. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text.trim());
  return match ? Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS] : undefined;
}

/** The two largest units of a duration, such as `2 h 5 min`; `0 s` for nothing. */
export function durationWords(ms: number): string {
  if (ms < 1000) return ms === 0 ? '0 s' : `${ms} ms`;
  const units = [
    ['d', UNIT_MS.d],
    ['h', UNIT_MS.h],
    ['min', UNIT_MS.m],
    ['s', UNIT_MS.s],
  ] as const;
  const words: string[] = [];
  let rest = ms;
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${unit}`);
  }
  return words.slice(0, 2).join(' ');
}
