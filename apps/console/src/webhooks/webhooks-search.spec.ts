import { describe, expect, it } from 'vitest';
import { isFiltered, webhooksSearch } from './webhooks-search';

describe('the address of the list', () => {
  it('keeps what the list knows and passes over the rest', () => {
    expect(webhooksSearch({ q: 'bill', status: 'disabled', health: 'ill', event: 12, other: 'x', module: '' })).toEqual({
      q: 'bill',
      status: 'disabled',
      event: '12',
    });
  });

  it('is filtered by anything but a cursor', () => {
    expect(isFiltered({ cursor: 'abc' })).toBe(false);
    expect(isFiltered({ q: 'bill' })).toBe(true);
  });
});
