import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-params';

describe('the query of an address', () => {
  it('is made of plain texts, both ways', () => {
    expect(parseSearch('?code=503&q=a%20b&live=true')).toEqual({ code: '503', q: 'a b', live: 'true' });
    expect(stringifySearch({ code: '5xx', from: '2026-11-21T10:00:00Z' })).toBe('?code=5xx&from=2026-11-21T10%3A00%3A00Z');
  });

  it('leaves out what is not set', () => {
    expect(stringifySearch({ a: undefined, b: '', c: null })).toBe('');
  });

  it('comes back as it went', () => {
    const search = { q: 'ä&=?#+ %', event: 'order_created' };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });
});
