import type { Outcome } from '../outcomes';

const variable = (color: string) => `var(--hs-chart-${color})`;

/** Told apart by lightness as well as by hue; what they are is said in the legend, the tooltip and the table. */
export const OUTCOME_COLORS: Readonly<Record<Outcome, string>> = {
  success: variable('success'),
  http3xx: variable('redirect'),
  http4xx: variable('client'),
  http5xx: variable('server'),
  timeout: variable('timeout'),
  connection: variable('connection'),
  policy: variable('policy'),
};

export const LINE = { first: variable('line-1'), second: variable('line-2'), third: variable('line-3') };
/** Nothing is in front of something else but bars, before what marks the one that is pointed at: for each layer all is drawn again. */
export const ONE_LAYER = { zIndex: 0 } as const;
export const AXIS = { stroke: 'var(--mantine-color-dimmed)', fontSize: 12, tickLine: false, axisLine: false, ...ONE_LAYER } as const;
export const GRID = { stroke: 'var(--hs-line)', vertical: false, ...ONE_LAYER } as const;
export const HEIGHT = 230;
