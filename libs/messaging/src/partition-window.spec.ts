import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PartitionWindow } from './partition-window.js';

describe('PartitionWindow', () => {
  it('has the lowest unfinished offset as its watermark, and the next one when all is finished', () => {
    const window = new PartitionWindow(10);
    expect(window.watermark).toBe(10);
    for (const offset of [10, 11, 14]) window.admit(offset, 5);
    window.finish(11);
    expect([window.watermark, window.records, window.bytes]).toEqual([10, 2, 10]);
    window.finish(10);
    expect(window.watermark).toBe(14);
    window.finish(14);
    expect([window.watermark, window.records, window.bytes]).toEqual([15, 0, 0]);
  });

  it('moves past offsets without a record, but not past an unfinished one', () => {
    const window = new PartitionWindow(0);
    window.skipTo(7);
    expect([window.next, window.watermark]).toEqual([7, 7]);
    window.admit(7, 1);
    window.skipTo(20);
    expect([window.next, window.watermark]).toEqual([20, 7]);
    window.skipTo(5);
    expect(window.next).toBe(20);
  });

  it('takes no record twice and finishes none twice', () => {
    const window = new PartitionWindow(3);
    expect([window.admit(2, 1), window.admit(3, 1), window.admit(3, 1)]).toEqual([false, true, false]);
    window.finish(3);
    expect(() => window.finish(3)).toThrow('offset 3 is not unfinished');
  });

  it('keeps its promises for any gaps, any order of finishing and any repetition', () => {
    const scenario = fc.record({
      start: fc.nat(1_000_000),
      gaps: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3_000 }),
      order: fc.array(fc.nat(), { maxLength: 3_000 }),
      batch: fc.integer({ min: 1, max: 700 }),
    });
    fc.assert(
      fc.property(scenario, ({ start, gaps, order, batch }) => {
        const window = new PartitionWindow(start);
        let offset = start;
        const offsets = gaps.map((gap) => (offset += gap));
        const unfinished = new Set<number>();
        let last = window.watermark;
        const check = () => {
          expect(window.records).toBe(unfinished.size);
          expect(window.watermark).toBe(unfinished.size > 0 ? Math.min(...unfinished) : window.next);
          expect(window.watermark).toBeGreaterThanOrEqual(last);
          last = window.watermark;
        };
        for (let at = 0; at < offsets.length; at += batch) {
          // Fetches overlap, as they do after a rebalance.
          for (const one of offsets.slice(Math.max(0, at - 3), at + batch)) if (window.admit(one, 1)) unfinished.add(one);
          for (const pick of order.slice(at, at + batch)) {
            const open = [...unfinished];
            const done = open[pick % open.length];
            if (done === undefined) continue;
            window.finish(done);
            unfinished.delete(done);
          }
          check();
        }
        for (const one of [...unfinished].reverse()) {
          window.finish(one);
          unfinished.delete(one);
        }
        check();
        expect(window.watermark).toBe(window.next);
      }),
      { numRuns: 50 },
    );
  });
});
