import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VersionIndex } from './version-index.js';

describe('VersionIndex', () => {
  it('applies only higher versions', () => {
    const index = new VersionIndex<string>(true);
    expect(index.set('a', 2, 'two')).toEqual({ id: 'a', current: 'two', previous: undefined });
    expect(index.set('a', 2, 'again')).toBeUndefined();
    expect(index.set('a', 1, 'one')).toBeUndefined();
    expect(index.set('a', 3, 'three')).toEqual({ id: 'a', current: 'three', previous: 'two' });
    expect([index.get('a'), index.size, [...index.values()]]).toEqual(['three', 1, ['three']]);
  });

  it('does not let an older state return after its tombstone, but lets a newer one', () => {
    const index = new VersionIndex<string>(true);
    index.set('a', 1, 'one');
    expect(index.delete('a', 2)).toEqual({ id: 'a', current: undefined, previous: 'one' });
    expect(index.set('a', 1, 'one')).toBeUndefined();
    expect(index.delete('a', 2)).toBeUndefined();
    expect(index.size).toBe(0);
    expect(index.set('a', 3, 'three')).toMatchObject({ current: 'three' });
  });

  it('remembers a tombstone whose state it never saw, and ignores one that is older than the state', () => {
    const index = new VersionIndex<string>(true);
    expect(index.delete('a', 2)).toBeUndefined();
    expect(index.set('a', 1, 'one')).toBeUndefined();
    index.set('b', 5, 'five');
    expect(index.delete('b', 4)).toBeUndefined();
    expect(index.get('b')).toBe('five');
  });

  it('deletes whatever is known when the tombstone does not tell its version', () => {
    const index = new VersionIndex<string>(true);
    index.set('a', 7, 'seven');
    expect(index.delete('a', undefined)).toMatchObject({ previous: 'seven' });
    expect(index.set('a', 7, 'seven')).toBeUndefined();
  });

  it('keeps versions only when told so', () => {
    const index = new VersionIndex<string>(false);
    expect(index.set('a', 1, 'one')).toMatchObject({ current: 'one' });
    expect([index.get('a'), [...index.values()], index.size]).toEqual([undefined, [], 1]);
    expect(index.set('a', 1, 'one')).toBeUndefined();
    expect(index.delete('a', 2)).toEqual({ id: 'a', current: undefined, previous: undefined });
  });

  it('comes to the same state however often a log, or a part of it, is read again', () => {
    const change = fc.record({ id: fc.constantFrom('a', 'b', 'c'), gone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change), fc.array(fc.nat()), (changes, restarts) => {
        const log = changes.map(({ id, gone }, i) => ({ id, gone, version: i + 1 }));
        const apply = (index: VersionIndex<number>, from: number) => {
          for (const { id, gone, version } of log.slice(from))
            if (gone) index.delete(id, version);
            else index.set(id, version, version);
          return index;
        };
        const once = apply(new VersionIndex<number>(true), 0);
        const often = apply(new VersionIndex<number>(true), 0);
        for (const restart of restarts) apply(often, restart % (log.length + 1));
        expect([...often.values()].toSorted()).toEqual([...once.values()].toSorted());
      }),
    );
  });
});
