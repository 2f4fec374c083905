import { describe, expect, it } from 'vitest';
import { diffOf, tellingChanges } from './change-diff';

describe('the diff of a field', () => {
  it('shows a plain value before and after', () => {
    expect(diffOf({ field: 'name', before: 'Billing', after: 'Orders' }).lines).toEqual([
      { sign: '-', text: 'Billing' },
      { sign: '+', text: 'Orders' },
    ]);
  });

  it('shows of a list only the entries that came and went', () => {
    expect(diffOf({ field: 'events', before: ['a', 'b'], after: ['b', 'c'] }).lines).toEqual([
      { sign: '-', text: 'a' },
      { sign: '+', text: 'c' },
    ]);
  });

  it('shows both orders when only the order changed', () => {
    expect(diffOf({ field: 'events', before: ['a', 'b'], after: ['b', 'a'] }).lines.map(({ text }) => text)).toEqual(['a, b', 'b, a']);
  });

  it('shows of a map only the members that differ', () => {
    expect(diffOf({ field: 'metadata', before: { a: '1', b: '2' }, after: { b: '3' } }).lines).toEqual([
      { sign: '-', name: 'a', text: '1' },
      { sign: '-', name: 'b', text: '2' },
      { sign: '+', name: 'b', text: '3' },
    ]);
  });

  it('says that a masked value changed without showing it', () => {
    const before = { 'X-Env': '[set]', 'X-Key': '[set]' };
    const after = { ...before, 'X-New': '[set]' };
    expect(diffOf({ field: 'headers', before, after, replaced: ['X-Env'] }).lines).toEqual([
      { sign: '+', name: 'X-Env', text: '[set]' },
      { sign: '+', name: 'X-New', text: '[set]' },
    ]);
  });

  it('leaves out of a new webhook what was left at nothing', () => {
    const changes = [
      { field: 'name', before: null, after: 'Billing' },
      { field: 'headers', before: null, after: {} },
    ];
    expect(tellingChanges(changes).map(({ field }) => field)).toEqual(['name']);
  });
});
