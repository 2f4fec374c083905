import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { keyHash, keyIdOf, keyPrefix, newKeyText } from './key-text.js';

describe('the text of a key', () => {
  const id = newId('key');
  const text = newKeyText(id).reveal();

  it('names its key, is never made twice and stays out of logs', () => {
    expect(keyIdOf(text)).toBe(id);
    expect(text.startsWith(`${keyPrefix(id)}_`)).toBe(true);
    expect(newKeyText(id).reveal()).not.toBe(text);
    expect(JSON.stringify({ key: newKeyText(id) })).toBe('{"key":"[set]"}');
  });

  it('with one character changed is no key', () => {
    for (let i = 0; i < text.length; i++) {
      const changed = text.slice(0, i) + (text[i] === '0' ? '1' : '0') + text.slice(i + 1);
      expect(keyIdOf(changed)).toBeUndefined();
    }
  });

  it.each(['', 'hsk_', 'wrong', text.slice(0, -1), `${text}0`, text.toUpperCase(), ` ${text}`])('%j is no key', (other) => {
    expect(keyIdOf(other)).toBeUndefined();
  });

  it('is stored as its SHA-256', () => {
    expect(keyHash('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
