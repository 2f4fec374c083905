import type { Bench } from './bench.js';
import { isOwn } from './bench.js';
import { memoryByName, OUTCOMES } from './burst.js';
import type { Figure } from './figure.js';
import { order, publishBurst, waitUntilRouted } from './load.js';
import { spread } from './statistics.js';
import { createWebhooks, deleteWebhooks } from './webhooks.js';

const WEBHOOKS = 10;
const BATCH = 500;
/** Events not yet delivered past which none is published: enough to keep everything at full load, and bounded. */
const AHEAD = 5000;

/**
 * Resident memory of each process under full load, sampled every second, and whether it stays: the median of the last third of the
 * time against that of the middle third, the first third being warm-up.
 */
export async function memory(bench: Bench): Promise<Figure[]> {
  const { system, kafka, receiver, soakSeconds } = bench;
  const run = bench.tag();
  const channels = Array.from({ length: WEBHOOKS }, (_, i) => `${run}-${i}`);
  const webhooks = await createWebhooks(
    system,
    run,
    channels.map((channelId) => ({ url: receiver.url('/hook'), channelId })),
  );
  await waitUntilRouted(kafka, receiver, run, channels, 1);

  const samples: Record<string, number>[] = [];
  const sampler = setInterval(() => samples.push(memoryByName(system)), 1000);
  const before = await kafka.end(OUTCOMES);
  const started = performance.now();
  let published = 0;
  while (performance.now() - started < soakSeconds * 1000) {
    if (published - ((await kafka.end(OUTCOMES)) - before) > AHEAD) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    await publishBurst(
      kafka,
      Array.from({ length: BATCH }, (_, i) => order(`${run}-${published + i}`, channels[i % WEBHOOKS]!)),
    );
    published += BATCH;
    await receiver.reset();
  }
  clearInterval(sampler);
  await deleteWebhooks(system, webhooks);
  return figures(samples, Object.keys(system.pids));
}

function figures(samples: readonly Record<string, number>[], names: readonly string[]): Figure[] {
  const third = Math.floor(samples.length / 3);
  const middle = samples.slice(third, 2 * third);
  const last = samples.slice(2 * third);
  const medianOf = (part: readonly Record<string, number>[], mb: (sample: Record<string, number>) => number): number =>
    spread(part.map(mb)).median;
  const together = (sample: Record<string, number>): number => names.filter(isOwn).reduce((sum, name) => sum + sample[name]!, 0);
  const growth = (medianOf(last, together) / medianOf(middle, together) - 1) * 100;
  return [
    ...names.map((name) => ({ name: `under load, ${name}`, unit: 'MB', values: last.map((sample) => sample[name]!) })),
    { name: 'under load, our processes together', unit: 'MB', values: last.map(together), reach: { atMost: 700 } },
    { name: 'under load, growth from the middle to the last third', unit: '%', values: [growth], reach: { atMost: 5 } },
  ];
}

/** Resident memory of each process that has had nothing to do yet. */
export function idleMemory({ system }: Pick<Bench, 'system'>): Figure[] {
  return Object.entries(memoryByName(system)).map(([name, mb]) => ({ name: `idle, ${name}`, unit: 'MB', values: [mb] }));
}
