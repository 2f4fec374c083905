import type { LatencyRun } from './latency.js';
import { spread, type Spread } from './statistics.js';
import type { ThroughputRun } from './throughput.js';

export interface BenchResult {
  readonly bare: { readonly perSecond: Spread; readonly cpuSecondsPer1000: Spread };
  readonly sharded: readonly ThroughputRun[];
  readonly fanOut: readonly ThroughputRun[];
  readonly latency: readonly LatencyRun[];
}

/** Prints the table: each figure as median (min–max), rates also as a share of the bare loop. */
export function printReport(result: BenchResult, file: string): void {
  const bare = result.bare.perSecond.median;
  const rows: [string, string][] = [['bare loop, requests/s', show(result.bare.perSecond, 0)]];
  for (const [name, runs] of [
    ['sharded', result.sharded],
    ['fan-out', result.fanOut],
  ] as const) {
    const rate = spread(runs.map((run) => run.deliveriesPerSecond));
    rows.push([`${name}, deliveries/s`, `${show(rate, 0)}   ${((rate.median / bare) * 100).toFixed(0)} % of the bare loop`]);
    rows.push([`${name}, CPU s per 1,000: router + delivery`, show(spread(runs.map((run) => run.ownCpuPer1000)), 3)]);
    rows.push([`${name}, CPU s per 1,000: everything`, show(spread(runs.map((run) => run.allCpuPer1000)), 3)]);
    rows.push([`${name}, missing / repeated`, runs.map((run) => `${run.missing} / ${run.repeated}`).join('   ')]);
  }
  rows.push(['50 events/s, p50 ms', show(spread(result.latency.map((run) => run.p50)), 1)]);
  rows.push(['50 events/s, p99 ms', show(spread(result.latency.map((run) => run.p99)), 1)]);
  rows.push(['50 events/s, missing', result.latency.map((run) => String(run.missing)).join('   ')]);
  const last = result.fanOut.at(-1)?.residentMb ?? {};
  rows.push([
    'resident MB after the last burst',
    Object.entries(last)
      .map(([name, mb]) => `${name} ${mb}`)
      .join('   '),
  ]);
  const width = Math.max(...rows.map(([name]) => name.length));
  process.stdout.write(
    `\n${rows.map(([name, value]) => `${name.padEnd(width)}   ${value}`).join('\n')}\n\nmedian (min–max); all figures in ${file}\n`,
  );
}

function show({ median, min, max }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}
