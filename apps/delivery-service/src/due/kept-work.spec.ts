import { describe, expect, it } from '@jest/globals';
import { AppError } from '#libs/kernel';
import '#libs/persistence';
import { KeptWork } from './kept-work.js';

const quiet = () => undefined;
const held = (): { readonly promise: Promise<void>; readonly release: () => void } => {
  let release = (): void => undefined;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { promise, release };
};

describe('KeptWork', () => {
  it('does what is asked for again while it is under way once more, and twice in waiting once', async () => {
    const work = new KeptWork(quiet);
    const gate = held();
    let runs = 0;
    const run = (): Promise<void> => (runs++, gate.promise);
    const all = [work.do('a', run), work.do('a', run), work.do('a', run)];
    expect(runs).toBe(1);
    gate.release();
    await Promise.all(all);
    expect([runs, work.size]).toEqual([2, 0]);
  });

  it('hands an error that another try cannot mend to whoever asked', async () => {
    const work = new KeptWork(quiet);
    await expect(work.do('a', () => Promise.reject(new Error('syntax')))).rejects.toThrow('syntax');
    expect(work.size).toBe(0);
  });

  it('refuses, as retryable, what would be too much and what has not begun when it stops', async () => {
    const work = new KeptWork(quiet);
    const gate = held();
    const asked = Array.from({ length: 10_003 }, (_, i) => work.do(String(i), () => gate.promise));
    await expect(work.do('more', () => gate.promise)).rejects.toMatchObject({ retryable: true });
    work.stop();
    const refused = await Promise.allSettled(asked.slice(3));
    expect(refused.every((result) => result.status === 'rejected' && (result.reason as AppError).retryable)).toBe(true);
    gate.release();
    await Promise.all(asked.slice(0, 3));
  });
});
