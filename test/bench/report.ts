import { reached, type Figure } from './figure.js';
import { spread } from './statistics.js';

/** The figures of one part; `fault` when it broke off. */
export interface PartResult {
  readonly part: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
  readonly fault?: string;
}

/** As the JSON file holds it: every run, with median, range and whether what had to be reached was. */
export function asJson(results: readonly PartResult[], barePerSecond: number) {
  return results.map(({ figures, ...part }) => ({
    ...part,
    figures: figures.map((figure) => ({
      ...figure,
      ...spread(figure.values),
      ...(figure.againstBare ? { percentOfBareLoop: percentOf(figure, barePerSecond) } : {}),
      reached: passes(figure, barePerSecond),
    })),
  }));
}

/** The table: median (min–max), what had to be reached, and `ok` or `MISSED`. */
export function table(results: readonly PartResult[], barePerSecond: number): string {
  const rows = results.flatMap(({ figures }) => figures.map((figure) => rowOf(figure, barePerSecond)));
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  const lines = results.flatMap(({ part, seconds, figures, fault }) => [
    `${part} (${seconds.toFixed(0)} s)`,
    ...figures.map((figure) => {
      const row = rowOf(figure, barePerSecond);
      return `  ${row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell)).join('  ')}`.trimEnd();
    }),
    ...(fault ? [`  NOT MEASURED: ${fault}`] : []),
  ]);
  return lines.join('\n');
}

function rowOf(figure: Figure, barePerSecond: number): [string, string, string, string] {
  const { median, min, max } = spread(figure.values);
  const show = (value: number): string =>
    value.toFixed(Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 3);
  const range = figure.values.length > 1 ? ` (${show(min)}–${show(max)})` : '';
  const share = figure.againstBare ? `, ${percentOf(figure, barePerSecond).toFixed(0)} % of the bare loop` : '';
  const value = figure.values.length === 0 ? 'nothing measured' : `${show(median)}${range} ${figure.unit}${share}`;
  const passed = passes(figure, barePerSecond);
  return [figure.name, value, target(figure), passed === undefined ? '' : passed ? 'ok' : 'MISSED'];
}

function target({ reach, againstBare }: Figure): string {
  if (!reach) return '';
  const bound = 'atLeast' in reach ? `≥ ${reach.atLeast}` : `≤ ${reach.atMost}`;
  return againstBare ? `${bound} and ≥ ${againstBare.atLeastPercent} %` : bound;
}

function passes(figure: Figure, barePerSecond: number): boolean | undefined {
  const passed = reached(figure);
  return passed && figure.againstBare ? percentOf(figure, barePerSecond) >= figure.againstBare.atLeastPercent : passed;
}

function percentOf({ values }: Figure, barePerSecond: number): number {
  return (spread(values).median / barePerSecond) * 100;
}
