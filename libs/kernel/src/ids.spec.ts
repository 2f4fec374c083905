import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { composeId, idTail, isId, newId } from './ids.js';

describe('ids', () => {
  it('made by one process sort in the order they were made, also within a millisecond and when the clock steps back', () => {
    const times = [1000, 1000, 1000, 2000, 1500, 2000, 2001];
    const ids = Array.from({ length: 300 }, (_, i) => newId('evt', times[i % times.length]));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carry their prefix and 26 characters', () => {
    expect(isId('wh', newId('wh'))).toBe(true);
    expect(isId('acc', newId('wh'))).toBe(false);
    expect(isId('wh', 'wh_01K')).toBe(false);
  });

  it('composed of equal parts are equal, and sort by time first', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 47), fc.nat(2 ** 47), fc.uint8Array({ minLength: 10, maxLength: 32 }), (a, b, tail) => {
        expect(composeId('dlv', a, tail)).toBe(composeId('dlv', a, tail));
        expect(idTail(composeId('dlv', a, tail))).toBe(idTail(composeId('dlv', b, tail)));
        expect(isId('dlv', composeId('dlv', a, tail))).toBe(true);
        if (a !== b) expect(composeId('dlv', a, tail) < composeId('dlv', b, tail)).toBe(a < b);
      }),
    );
  });

  it('composed of different tails differ', () => {
    const tails = Array.from({ length: 1000 }, (_, i) => createHash('sha256').update(String(i)).digest());
    expect(new Set(tails.map((tail) => composeId('dlv', 5, tail))).size).toBe(1000);
  });

  it('take times before the epoch and beyond 48 bits as the nearest that fits', () => {
    const tail = Buffer.alloc(10);
    expect(composeId('dlv', -5, tail)).toBe(composeId('dlv', 0, tail));
    expect(composeId('dlv', 2 ** 60, tail)).toBe(composeId('dlv', 2 ** 48 - 1, tail));
  });
});
