import { describe, expect, it } from 'vitest';
import { phasesOf, unfinished } from './timing-phases';

describe('how the time of an attempt was spent', () => {
  it('is phase after phase, without gaps', () => {
    expect(phasesOf({ dns: 1, connect: 3, tls: 10, firstByte: 20, total: 25 })).toEqual([
      { name: 'dns', from: 0, to: 1 },
      { name: 'connect', from: 1, to: 3 },
      { name: 'tls', from: 3, to: 10 },
      { name: 'firstByte', from: 10, to: 20 },
      { name: 'body', from: 20, to: 25 },
    ]);
  });

  it('leaves out what an open connection did not need', () => {
    const timings = { dns: null, connect: null, tls: null, firstByte: 5, total: 5 };
    expect(phasesOf(timings)).toEqual([{ name: 'firstByte', from: 0, to: 5 }]);
    expect(unfinished(timings)).toBeUndefined();
  });

  it('says where an attempt without an answer stood still', () => {
    const timings = { dns: 1, connect: 3, tls: null, firstByte: null, total: 15_000 };
    expect(phasesOf(timings)).toHaveLength(2);
    expect(unfinished(timings)).toEqual({ from: 3, to: 15_000 });
  });
});
