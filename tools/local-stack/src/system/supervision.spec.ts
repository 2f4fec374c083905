import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.js';
import { newAdminKey, newMasterKeys } from './local-keys.js';
import { describeExit } from './supervised.js';

describe('backoff', () => {
  it('begins at half a second, doubles and stays at 30 s', () => {
    expect([0, 1, 2, 5, 6, 7, 1000].map(backoffMs)).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
  });
});

describe('exit', () => {
  it('says how a process ended', () => {
    expect(describeExit({ code: 1, signal: null })).toBe('exit code 1');
    expect(describeExit({ code: null, signal: 'SIGKILL' })).toBe('killed by SIGKILL');
  });
});

describe('generated keys', () => {
  it('have their documented form and never repeat', () => {
    expect(newMasterKeys()).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);
    expect(newAdminKey()).toMatch(/^hsk_admin_[A-Za-z0-9_-]{43}$/);
    expect(newAdminKey()).not.toBe(newAdminKey());
  });
});
