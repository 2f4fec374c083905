import { BUDGET } from './limits.js';

/** Says that an evaluation cost more than it may; made once, since taking a stack is what an error costs. */
const SPENT = new Error('the filter costs too much for this event');

/**
 * What the evaluation under way has left to spend. Evaluations do not overlap, so all filters share one. Once it is spent
 * every further charge throws, so that the language does not go on after that error as it does after others (`||`, `exists`).
 */
export class Meter {
  private left = 0;

  begin(): void {
    this.left = BUDGET;
  }

  get isSpent(): boolean {
    return this.left < 0;
  }

  /** @throws Error when there is not so much left */
  spend(units: number): void {
    this.left -= units;
    if (this.left < 0) throw SPENT;
  }

  /** How much a value may be worth looking at before it is too much anyway. */
  get remaining(): number {
    return this.left;
  }
}

export const TEXT_SHARE = 16; // characters for a unit

/** What it costs to look at a value as a whole, in units; stops to count past `most`. */
export function sizeOf(value: unknown, most: number): number {
  if (typeof value === 'string') return 1 + value.length / TEXT_SHARE;
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  const add = (item: unknown): boolean => {
    size += sizeOf(item, most - size);
    return size <= most;
  };
  if (value instanceof Uint8Array) return 1 + value.length / TEXT_SHARE;
  if (Array.isArray(value)) value.every(add);
  else if (value instanceof Map) for (const item of value.values()) if (!add(item)) break; // prettier-ignore
  if (!Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype) Object.values(value).every(add);
  return size;
}

/** How many turns a loop over a value takes. */
export function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}
