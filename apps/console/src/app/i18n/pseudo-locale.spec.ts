import { describe, expect, it } from 'vitest';
import { pseudo, pseudoTexts } from './pseudo-locale';

describe('the pseudo-locale', () => {
  it('accents letters, grows by a third and can be told from data by its brackets', () => {
    expect(pseudo('Save')).toBe('[Šáṽé··]');
  });

  it('leaves what is filled in, and tags, as they are', () => {
    expect(pseudo('{{count}} of <b>all</b>')).toContain('{{count}} óƒ <b>áļļ</b>');
  });

  it('keeps the keys', () => {
    expect(Object.keys(pseudoTexts({ a: { b: 'x' } }).a as object)).toEqual(['b']);
  });
});
