const DAY_MS = 86_400_000;
const UNITS = [
  [DAY_MS, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

const whole = new Intl.NumberFormat('en');

export function count(value: number): string {
  return whole.format(value);
}

/** `99.95 %`; only what is all is 100 %. */
export function percent(rate: number): string {
  const floored = rate === 1 ? 1 : Math.min(rate, 0.9999);
  return `${(floored * 100).toFixed(floored === 1 || floored === 0 ? 0 : floored > 0.99 ? 2 : 1)} %`;
}

/** `820 ms`, `1.4 s`, `3 min`, `2 h`, `5 d`. */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const [unitMs, unit] = UNITS.find(([size]) => ms >= size)!;
  const value = ms / unitMs;
  return `${value < 10 && unit === 's' ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
