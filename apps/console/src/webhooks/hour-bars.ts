/** The bars of one hour, as parts of the height: what succeeded stands on the line, what failed hangs below it. */
export interface HourBars {
  readonly up: number;
  readonly down: number;
}

export interface HourCounts {
  readonly succeeded: number;
  readonly failed: number;
}

/** Told apart by where they are, not by colour alone. `line`: how far below the top the line is, as a part of the height. */
export function hourBars(hours: readonly HourCounts[]): { readonly line: number; readonly bars: readonly HourBars[] } {
  const above = Math.max(0, ...hours.map(({ succeeded }) => succeeded));
  const below = Math.max(0, ...hours.map(({ failed }) => failed));
  const whole = Math.max(1, above + below);
  return {
    line: above + below === 0 ? 1 : above / whole,
    bars: hours.map(({ succeeded, failed }) => ({ up: succeeded / whole, down: failed / whole })),
  };
}
