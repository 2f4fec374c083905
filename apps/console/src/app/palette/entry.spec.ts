import { describe, expect, it } from 'vitest';
import { type Entry, matching } from './entry';

const entries = ['Operator: Dead letters', 'Operator: Audit log', 'Events'].map((label): Entry => ({
  id: label,
  label,
  icon: () => null,
  run: () => undefined,
}));
const found = (text: string) => matching(text, entries).map(({ label }) => label);

describe('the lines of the palette', () => {
  it('are found by parts of words, in any order and case', () => {
    expect(found('LETTERS oper')).toEqual(['Operator: Dead letters']);
  });

  it('are all there while nothing is typed', () => {
    expect(found('  ')).toHaveLength(3);
  });

  it('need all the words', () => {
    expect(found('operator events')).toEqual([]);
  });
});
