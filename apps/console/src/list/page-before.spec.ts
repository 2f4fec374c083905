import { describe, expect, it } from 'vitest';
import { pageBefore, rememberPage } from './page-before';

function aStorage(): Storage {
  const items = new Map<string, string>();
  const storage = { getItem: (key: string) => items.get(key) ?? null, setItem: (key: string, value: string) => void items.set(key, value) };
  return storage as unknown as Storage;
}

describe('the page before a cursor', () => {
  it('is the one that led to it, page by page back to the first', () => {
    const storage = aStorage();
    rememberPage('two', undefined, storage);
    rememberPage('three', 'two', storage);
    expect([pageBefore('three', storage), pageBefore('two', storage)]).toEqual(['two', undefined]);
  });

  it('is the first for a cursor that nobody came to, and where the browser keeps nothing', () => {
    expect(pageBefore('pasted', aStorage())).toBeUndefined();
    rememberPage('two', 'one', undefined);
    expect(pageBefore('two', undefined)).toBeUndefined();
  });

  it('is forgotten when hundreds of others were looked at since', () => {
    const storage = aStorage();
    for (let page = 0; page <= 200; page += 1) rememberPage(`${page + 1}`, `${page}`, storage);
    expect([pageBefore('1', storage), pageBefore('2', storage), pageBefore('201', storage)]).toEqual([undefined, '1', '200']);
  });
});
