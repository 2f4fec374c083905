import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inspect } from 'node:util';
import { parseMasterKeys } from './master-keys.js';

const base64Key = (fill: number) => Buffer.alloc(32, fill).toString('base64');

describe('parseMasterKeys', () => {
  it('takes the first key to encrypt and all to decrypt', () => {
    const keys = parseMasterKeys(`new:${base64Key(2)}, old:${base64Key(1)}`);
    expect(keys.currentId).toBe('new');
    expect([...keys.byId.keys()]).toEqual(['new', 'old']);
  });

  it.each([
    ['', 'master key 1: must be keyId:base64(32 bytes)'],
    ['k1', 'master key 1: must be keyId:base64(32 bytes)'],
    [`k1:${base64Key(1)},`, 'master key 2: must be keyId:base64(32 bytes)'],
    [`:${base64Key(1)}`, 'master key 1: the key id must be 1 to 32 characters of A-Z a-z 0-9 _ -'],
    [`a.b:${base64Key(1)}`, 'master key 1: the key id must be 1 to 32 characters of A-Z a-z 0-9 _ -'],
    ['k1:not base64!', 'master key 1: the key must be standard base64 with padding'],
    [`k1:${Buffer.alloc(16, 1).toString('base64')}`, 'master key 1: the key must be 32 bytes'],
    [`k1:${base64Key(1)},k1:${base64Key(2)}`, 'master key 2: each key id may appear once'],
  ])('refuses %j, naming the rule', (text, message) => {
    expect(() => parseMasterKeys(text)).toThrow(expect.objectContaining({ code: 'MASTER_KEYS_INVALID', message }));
  });

  it('never names the value in an error', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/]{20,60}$/), (value) => {
        let message = '';
        try {
          parseMasterKeys(`key.1:${value},${value}`);
        } catch (error) {
          message = inspect(error);
        }
        expect(message).not.toContain(value);
      }),
    );
  });

  it('shows no key bytes when printed', () => {
    const printed = inspect(parseMasterKeys(`k1:${base64Key(7)}`), { depth: 9, showHidden: true });
    expect(printed).not.toContain('7, 7');
    expect(printed).not.toContain('07 07');
    expect(printed).not.toContain(base64Key(7));
  });
});
