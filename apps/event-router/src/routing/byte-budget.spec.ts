import { describe, expect, it } from '@jest/globals';
import { ByteBudget } from './byte-budget.js';

/** Takes bytes and notes the name once they are given. */
const takes = (budget: ByteBudget, done: string[]) => (name: string, bytes: number) => {
  const wait = budget.take(bytes);
  if (wait) void wait.then(() => done.push(name));
  else done.push(name);
};

describe('ByteBudget', () => {
  it('lets callers in while there is room, the rest in the order they came', async () => {
    const budget = new ByteBudget(10);
    const done: string[] = [];
    const take = takes(budget, done);
    take('a', 6);
    take('b', 6);
    take('c', 1);
    expect(done).toEqual(['a']); // c waits behind b, or b would wait for ever
    budget.give(6);
    await Promise.resolve();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('lets something larger than itself in when nothing else is under way', async () => {
    const budget = new ByteBudget(10);
    const done: string[] = [];
    const take = takes(budget, done);
    take('huge', 100);
    take('small', 1);
    expect(done).toEqual(['huge']);
    budget.give(100);
    await Promise.resolve();
    expect(done).toEqual(['huge', 'small']);
  });
});
