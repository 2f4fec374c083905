import { describe, expect, it } from '@jest/globals';
import { reached } from './figure.js';

describe('a figure', () => {
  it.each([
    ['is missed below what it must at least be', [1, 2, 3], { atLeast: 2.5 }, false],
    ['is reached at it', [1, 2, 3], { atLeast: 2 }, true],
    ['is missed above what it may be', [1, 2, 3], { atMost: 1.9 }, false],
    ['is missed when nothing was measured', [], { atMost: 1 }, false],
    ['is neither without anything to reach', [1], undefined, undefined],
  ])('%s', (_, values, reach, expected) => {
    expect(reached({ values, ...(reach ? { reach } : {}) })).toBe(expected);
  });
});
