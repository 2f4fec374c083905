import { describe, expect, it } from 'vitest';
import { pruned } from './unused-styles';

const used = new Set(['m_11111111']);

describe('withoutUnusedStyles', () => {
  it('keeps what some script uses, and all that is not of Mantine', () => {
    expect(pruned('.m_11111111{a:b}body{c:d}._own_1{e:f}', used)).toBe('.m_11111111{a:b}body{c:d}._own_1{e:f}');
  });

  it('leaves out what none uses, blocks that it empties included', () => {
    expect(pruned('.m_22222222{a:b}@media print{.m_22222222:hover{a:b}}', used)).toBe('');
  });

  it('leaves out the unused ones of a list of selectors', () => {
    expect(pruned('.m_11111111,.m_22222222 .m_11111111{a:b}', used)).toBe('.m_11111111{a:b}');
  });
});
