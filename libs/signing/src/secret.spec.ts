import { describe, expect, it } from '@jest/globals';
import { generateSecret, secretFault, whsecForm } from './secret.js';

const whsec = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

describe('secretFault', () => {
  it.each([
    'x'.repeat(16),
    'x'.repeat(128),
    '🎉'.repeat(128),
    'with inner  blanks ok',
    generateSecret(),
    whsec(16),
    whsec(24),
    whsec(90),
    whsecForm(generateSecret()),
  ])('finds nothing wrong with %j', (secret) => {
    expect(secretFault(secret)).toBeUndefined();
  });

  it.each([
    ['', 'secret.length'],
    ['x'.repeat(15), 'secret.length'],
    ['🎉'.repeat(15), 'secret.length'],
    ['x'.repeat(129), 'secret.length'],
    ['x'.repeat(1_000_000), 'secret.length'],
    ['0123456789abcdef\n', 'secret.characters'],
    [' 0123456789abcdef', 'secret.characters'],
    ['01234567\u000089abcdef', 'secret.characters'],
    ['0123456789abcdef\ud800', 'secret.characters'],
    [whsec(15), 'secret.whsec'],
    [whsec(91), 'secret.length'],
    ['whsec_not base64 at all', 'secret.whsec'],
    [whsec(16).replace(/=+$/, ''), 'secret.whsec'],
    ['whsec_-_-_-_-_-_-_-_-_-_-_-_-_', 'secret.whsec'],
  ])('refuses %j by the rule %s, without repeating it', (secret, rule) => {
    const fault = secretFault(secret);
    expect(fault?.rule).toBe(rule);
    if (secret) expect(fault?.message).not.toContain(secret);
  });
});

describe('generateSecret', () => {
  it('gives 64 lower-case hexadecimal characters, never the same', () => {
    const secrets = new Set(Array.from({ length: 100 }, generateSecret));
    expect(secrets.size).toBe(100);
    for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('whsecForm', () => {
  it('encodes the characters of the secret and leaves a whsec_ secret alone', () => {
    expect(whsecForm('0123456789abcdef')).toBe('whsec_MDEyMzQ1Njc4OWFiY2RlZg==');
    expect(whsecForm(whsecForm('0123456789abcdef'))).toBe('whsec_MDEyMzQ1Njc4OWFiY2RlZg==');
  });
});
