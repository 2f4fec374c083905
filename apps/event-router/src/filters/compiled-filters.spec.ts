import { describe, expect, it } from '@jest/globals';
import { CompiledFilters } from './compiled-filters.js';

describe('CompiledFilters', () => {
  it('compiles a text once, as long as it is in use', () => {
    const filters = new CompiledFilters({ filters: 2, characters: 1_000 });
    const first = filters.of('data.a == 1');
    filters.of('data.a == 2');
    expect(filters.of('data.a == 1')).toBe(first);
    filters.of('data.a == 3'); // in place of the one not used for longest
    expect(filters.of('data.a == 1')).toBe(first);
    expect(filters.size).toBe(2);
  });

  it('holds no more than so many characters, and one filter however long it is', () => {
    const filters = new CompiledFilters({ filters: 100, characters: 30 });
    for (let i = 0; i < 100; i++) filters.of(`data.a == ${i}`);
    expect(filters.size).toBeLessThanOrEqual(3);
    const long = filters.of(`data.a == "${'a'.repeat(100)}"`);
    expect(long.text.length).toBeGreaterThan(100);
    expect(filters.size).toBeLessThanOrEqual(1);
    filters.of('true');
    expect(filters.size).toBe(1);
  });
});
