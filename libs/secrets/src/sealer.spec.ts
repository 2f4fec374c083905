import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMasterKeys } from './master-keys.js';
import { Sealer } from './sealer.js';

const entry = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
const sealer = new Sealer(parseMasterKeys(entry('k1', 1)));
const AAD = ['signing', 'acc_1', 'wh_1', 'sec_1'];
const anyText = fc.string({ unit: 'binary' });
const unreadable = expect.objectContaining({ code: 'SECRET_UNREADABLE' });

describe('Sealer', () => {
  it('opens what it sealed, for the same additional data', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(anyText), (bytes, aad) => {
        expect(sealer.open(sealer.seal(Buffer.from(bytes), aad), aad)).toEqual(Buffer.from(bytes));
      }),
    );
    expect(sealer.open(sealer.seal('geheim ✓', AAD), AAD).toString('utf8')).toBe('geheim ✓');
  });

  it('opens nothing for other additional data, however the parts are cut', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), fc.array(anyText, { maxLength: 4 }), (aad, other) => {
        fc.pre(JSON.stringify(aad) !== JSON.stringify(other));
        expect(() => sealer.open(sealer.seal('x', aad), other)).toThrow(unreadable);
      }),
    );
    const sealed = sealer.seal('x', ['ab', 'c']);
    for (const other of [['a', 'bc'], ['abc'], ['ab', 'c', ''], ['c', 'ab']]) expect(() => sealer.open(sealed, other)).toThrow(unreadable);
    expect(() => sealer.open(sealer.seal('x', ['\ud800']), ['\ufffd'])).toThrow(unreadable);
  });

  it('opens nothing after any character was changed, removed or added', () => {
    const sealed = sealer.seal('a secret of some length', AAD);
    const other = new Sealer(parseMasterKeys(`${entry('k1', 1)},${entry('k2', 1)}`));
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('', 'A', 'B', '2', '.', '_', '=', ' ', 'AA'), (at, put) => {
        const changed = sealed.slice(0, at) + put + sealed.slice(at + 1);
        fc.pre(changed !== sealed);
        expect(() => other.open(changed, AAD)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^SECRET_/) }));
      }),
      { numRuns: 1000 },
    );
    expect(() => sealer.open(`${sealed}A`, AAD)).toThrow(unreadable);
  });

  it('refuses a text of another version or shape', () => {
    for (const text of ['', 'v1', 'plain secret', 'v2.k1.AAAAAAAAAAAAAAAA.AAAA', 'v1.k1.AAAAAAAAAAAAAAAA.AAAA', 'v1.k1..']) {
      expect(() => sealer.open(text, AAD)).toThrow(unreadable);
      expect(() => sealer.keyIdOf(text)).toThrow(unreadable);
    }
  });

  it('never seals the same text twice alike', () => {
    const seen = new Set(Array.from({ length: 200 }, () => sealer.seal('x', AAD)));
    expect(seen.size).toBe(200);
  });

  it('tells a wrong key from an unknown one', () => {
    const sealed = sealer.seal('x', AAD);
    expect(() => new Sealer(parseMasterKeys(entry('k1', 9))).open(sealed, AAD)).toThrow(unreadable);
    expect(() => new Sealer(parseMasterKeys(entry('k2', 1))).open(sealed, AAD)).toThrow(
      expect.objectContaining({ code: 'SECRET_KEY_UNKNOWN', message: 'master key k1 is not configured' }),
    );
  });

  it('opens texts of every configured key and seals with the first', () => {
    const old = sealer.seal('x', AAD);
    const rotated = new Sealer(parseMasterKeys(`${entry('k2', 2)},${entry('k1', 1)}`));
    const fresh = rotated.seal('x', AAD);
    expect(rotated.open(old, AAD).toString()).toBe('x');
    expect([rotated.keyIdOf(old), rotated.keyIdOf(fresh), rotated.currentKeyId]).toEqual(['k1', 'k2', 'k2']);
  });

  it('keeps its text form, so that texts sealed by an earlier release open', () => {
    const stored = 'v1.k1.AAECAwQFBgcICQoL.3Mn5QkWQxp0lRW9GyTL8QT_SPg2e1Q';
    expect(sealer.open(stored, AAD).toString()).toBe('golden');
  });
});
