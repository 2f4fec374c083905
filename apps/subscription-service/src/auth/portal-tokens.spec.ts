import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { parseMasterKeys } from '#libs/secrets';
import { type PortalSession, PortalTokens } from './portal-tokens.js';
import type { Scope } from './scopes.js';

const key = (id: string, fill: number): string => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
const tokens = (...keys: string[]) => new PortalTokens(parseMasterKeys(keys.join()));
const NOW = Date.UTC(2026, 10, 21, 9);
const session: PortalSession = { id: newId('pts'), accountId: 'läden-7', scopes: ['webhooks:read'], expiresAt: NOW + 60_000 };

describe('a portal token', () => {
  const ours = tokens(key('k1', 1));
  const text = ours.issue(session).reveal();

  it('says what it was issued for, until it expires', () => {
    expect(ours.open(text, NOW)).toEqual(session);
    expect(ours.open(text, session.expiresAt - 1)).toEqual(session);
    expect(ours.open(text, session.expiresAt)).toBe('expired-portal-token');
  });

  it('does not open with any character changed, left out or added', () => {
    for (let i = 0; i < text.length; i++) {
      for (const other of ['A', 'B', '.', ''])
        if (text[i] !== other)
          expect([i, other, typeof ours.open(text.slice(0, i) + other + text.slice(i + 1), NOW)]).toEqual([i, other, 'string']);
    }
    for (const other of ['', 'hsp_', `${text}=`, ` ${text}`, `${text}.`]) expect(typeof ours.open(other, NOW)).toBe('string');
  });

  it('of another deployment does not open, though its key has the same id', () => {
    expect(ours.open(tokens(key('k1', 2)).issue(session).reveal(), NOW)).toBe('wrong-portal-token');
    expect(ours.open(tokens(key('k2', 1)).issue(session).reveal(), NOW)).toBe('unknown-portal-token');
  });

  it('opens after the master key is rotated for as long as the old one is in the list', () => {
    const rotated = tokens(key('k2', 2), key('k1', 1));
    expect(rotated.open(text, NOW)).toEqual(session);
    expect(rotated.issue(session).reveal()).toMatch(/^hsp_k2\./);
    expect(tokens(key('k2', 2)).open(text, NOW)).toBe('unknown-portal-token');
  });

  it('never gives admin rights, whatever was signed', () => {
    const scopes: Scope[] = ['admin', 'events:write'];
    expect(ours.open(ours.issue({ ...session, scopes }).reveal(), NOW)).toMatchObject({ scopes: ['events:write'] });
  });

  it('stays out of logs', () => {
    expect(JSON.stringify({ token: ours.issue(session) })).toBe('{"token":"[set]"}');
  });
});
