import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aFingerprint, FingerprintTable } from './fingerprint-table.js';

const keyOf = (n: number) => {
  const key = aFingerprint();
  const digest = createHash('sha256').update(String(n)).digest();
  for (let i = 0; i < key.length; i++) key[i] = digest.readUInt32LE(4 * i);
  return key;
};

describe('FingerprintTable', () => {
  it('knows its members and nothing else, and numbers them in the order they came, as it grows', () => {
    const table = new FingerprintTable(true);
    for (let n = 0; n < 20_000; n++) table.add(keyOf(n));
    expect(table.size).toBe(20_000);
    for (let n = 0; n < 20_000; n++) expect(table.find(keyOf(n))).toBe(n);
    for (let n = 20_000; n < 30_000; n++) expect(table.has(keyOf(n))).toBe(false);
  });

  it('takes a member in once', () => {
    const table = new FingerprintTable(true);
    for (const n of [7, 8, 7]) table.add(keyOf(n));
    expect([table.size, table.find(keyOf(7)), table.find(keyOf(8)), table.find(keyOf(9))]).toEqual([2, 0, 1, -1]);
  });

  it('tells keys that differ in one word only, and holds the key of zeros', () => {
    const table = new FingerprintTable();
    for (let word = 0; word < 4; word++) {
      const key = aFingerprint();
      expect(table.has(key)).toBe(word > 0);
      table.add(key);
      key[word] = 5;
      expect(table.has(key)).toBe(false);
      table.add(key);
      expect(table.has(key)).toBe(true);
    }
    expect(table.size).toBe(5);
  });
});
