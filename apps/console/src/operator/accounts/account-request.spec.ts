import { describe, expect, it } from 'vitest';
import type { Account } from '../../api';
import { accountRequest, accountValues, ifUnchanged } from './account-request';

const account: Account = {
  id: 'acme',
  name: 'Acme',
  ownerEmail: null,
  roles: [],
  requiredRole: null,
  notifications: { enabled: true, digestMinutes: null },
  version: 7,
  createdAt: '2026-11-20T12:00:00Z',
  updatedAt: '2026-11-20T12:00:00Z',
};

describe('the form of an account', () => {
  it('leaves the interval to the deployment unless one is written, 0 as well', () => {
    const minutes = (digest: number | string) => accountRequest({ ...accountValues(account), digest }).notifications?.digestMinutes;
    expect(accountRequest(accountValues(account)).notifications).toEqual({ enabled: true, digestMinutes: null });
    expect([minutes(''), minutes(0), minutes('30')]).toEqual([null, 0, 30]);
  });

  it('changes an account only as it was read', () => {
    expect(ifUnchanged(account)).toEqual({ 'If-Match': '"7"' });
  });
});
