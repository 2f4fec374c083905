import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.js';

const BODY_BYTES = 1150; // what a 1 KiB event becomes in the default format

/** The yardstick: see `bare-loop.ts`. */
export async function bareLoop(port: number, runs: number, requests: number): Promise<Figure[]> {
  const rates: number[] = [];
  const costs: number[] = [];
  for (let i = 0; i < runs; i++) {
    const child = fork(fileURLToPath(new URL('./bare-loop.js', import.meta.url)), [String(port), String(requests), String(BODY_BYTES)]);
    const [result] = (await once(child, 'message')) as [{ perSecond: number; cpuSecondsPer1000: number }];
    await once(child, 'exit');
    rates.push(result.perSecond);
    costs.push(result.cpuSecondsPer1000);
  }
  return [
    { name: 'bare loop', unit: 'requests/s', values: rates },
    { name: 'bare loop', unit: 'CPU s per 1,000', values: costs },
  ];
}
