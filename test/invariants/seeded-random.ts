import { randomInt } from 'node:crypto';

/** The seed of this run: `INVARIANTS_SEED` to repeat one, else a new one. */
export function runSeed(): number {
  const given = process.env['INVARIANTS_SEED'];
  return given ? Number(given) >>> 0 : randomInt(2 ** 32);
}

/** Runs a test; its failure names the seed that repeats it. */
export async function replayable(seed: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`seed ${seed} (repeat it with INVARIANTS_SEED=${seed}): ${message}`, { cause: error });
  }
}

/** Numbers that depend on the seed alone (mulberry32). */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)]!;
  }
}
