import { describe, expect, it } from '@jest/globals';
import { type AuthInput, authFaults, credentialsOf, describeCredentials, headerFaults } from './auth-credentials.js';

const faultsOf = (auth: AuthInput): string[] => authFaults(auth).map(({ field, rule }) => `${field}: ${rule}`);

describe('the auth of a webhook', () => {
  it.each<[AuthInput, object]>([
    [{ type: 'NONE' }, { type: 'NONE', credentialsId: 'c' }],
    [
      { type: 'BEARER', token: 't' },
      { type: 'BEARER', credentialsId: 'c' },
    ],
    [
      { type: 'API_KEY', key: 'k' },
      { type: 'API_KEY', credentialsId: 'c', headerName: 'x-api-key' },
    ],
    [
      { type: 'API_KEY', key: 'k', headerName: 'X-Key' },
      { type: 'API_KEY', credentialsId: 'c', headerName: 'X-Key' },
    ],
    [
      { type: 'BASIC', username: '', password: 'p:q' },
      { type: 'BASIC', credentialsId: 'c' },
    ],
    [
      { type: 'CUSTOM_HEADERS', headers: { A: '1' } },
      { type: 'CUSTOM_HEADERS', credentialsId: 'c', headerNames: ['A'] },
    ],
  ])('%j is in order and shows only what it is', (auth, shown) => {
    expect(authFaults(auth)).toEqual([]);
    expect(describeCredentials(credentialsOf(auth), 'c')).toEqual(shown);
  });

  it.each<[AuthInput, string[]]>([
    [{ type: 'BEARER' }, ['auth.token: required']],
    [{ type: 'BASIC', username: 'u' }, ['auth.password: required']],
    [{ type: 'BASIC', username: 'a:b', password: 'p' }, ['auth.username: basic-username']],
    [{ type: 'BASIC', username: 'a', password: 'p\n' }, ['auth.password: basic-password']],
    [{ type: 'API_KEY', key: 'k', headerName: 'Host' }, ['auth.headerName: egress.header-forbidden']],
    [{ type: 'API_KEY', key: 'ü' }, ['auth.key: egress.header-value']],
    [{ type: 'CUSTOM_HEADERS', headers: {} }, ['auth.headers: required']],
    [{ type: 'CUSTOM_HEADERS', headers: { 'webhook-id': 'x' } }, ['auth.headers.webhook-id: egress.header-forbidden']],
    [{ type: 'NONE', password: 'p' }, ['auth.password: unknown-field']],
  ])('%j is refused', (auth, faults) => {
    expect(faultsOf(auth)).toEqual(faults);
  });

  it('never repeats a credential in a message', () => {
    expect(JSON.stringify(authFaults({ type: 'BEARER', token: 'canary\n' }))).not.toContain('canary');
  });
});

describe('custom headers', () => {
  it('are at most 20, each name once whatever its case', () => {
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`x-${i}`, '1']));
    expect(headerFaults('headers', many).map(({ rule }) => rule)).toEqual(['egress.header-count']);
    expect(headerFaults('headers', { 'X-A': '1', 'x-a': '2' }).map(({ field, rule }) => `${field}: ${rule}`)).toEqual([
      'headers.x-a: duplicate',
    ]);
  });
});
