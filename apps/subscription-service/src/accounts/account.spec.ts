import { describe, expect, it } from '@jest/globals';
import { isAccountId } from './account-id.js';
import { type AccountSettings, DEFAULT_NOTIFICATIONS, mergeAccount } from './account.js';

const SETTINGS: AccountSettings = {
  name: 'a',
  ownerEmail: 'a@example.com',
  roles: ['ENTERPRISE'],
  requiredRole: null,
  notifications: { ...DEFAULT_NOTIFICATIONS, extraEmails: ['b@example.com'] },
};

describe('a change of an account', () => {
  it('leaves alone what it does not name', () => {
    expect(mergeAccount(SETTINGS, {})).toEqual(SETTINGS);
    expect(mergeAccount(SETTINGS, { name: undefined, notifications: { digestMinutes: undefined } })).toEqual(SETTINGS);
  });

  it('clears with null, replaces lists and merges the notification settings', () => {
    expect(mergeAccount(SETTINGS, { ownerEmail: null, roles: [], notifications: { digestMinutes: 0 } })).toEqual({
      ...SETTINGS,
      ownerEmail: null,
      roles: [],
      notifications: { ...SETTINGS.notifications, digestMinutes: 0 },
    });
  });
});

describe('the id of an account', () => {
  it.each(['a', 'acc_1', 'Müller & Söhne / 𝄞', 'x'.repeat(256), '...', '50%'])('may be %j, as events may name it', (id) => {
    expect(isAccountId(id)).toBe(true);
  });

  it.each(['', 'x'.repeat(257), 'a\u0000', 'a\nb', '\ud800', '.', '..'])('may not be %j', (id) => {
    expect(isAccountId(id)).toBe(false);
  });
});
