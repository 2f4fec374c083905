import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { AuthCredentials } from '#libs/contracts';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { plainSignature } from '#libs/signing';
import { aWebhook } from '#libs/testing';
import { idTime } from './webhook-age.js';
import { webhookHeaders } from './webhook-headers.js';
import { Webhook } from './webhook.js';

const sealer = new Sealer(parseMasterKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`));
const secret = (webhookId: string, id: string, text: string, validUntil: string | null = null) => ({
  id,
  sealed: sealer.seal(text, ['signing', 'default', webhookId, id]),
  validUntil,
});

describe('Webhook', () => {
  it('signs with the current secret, and with the one before until its time is over', () => {
    const id = 'wh_1';
    const state = aWebhook({
      id,
      signing: true,
      secrets: [secret(id, 's2', 'b'.repeat(64)), secret(id, 's1', 'a'.repeat(64), '2026-11-20T10:00:00Z')],
    });
    const webhook = new Webhook(state, sealer);
    const signatures = (time: string) => webhook.signingKeys(Date.parse(time)).map((key) => plainSignature(key, null));
    expect(signatures('2026-11-20T09:59:59.999Z')).toHaveLength(2);
    expect(signatures('2026-11-20T10:00:00Z')).toEqual(signatures('2026-11-20T09:59:59Z').slice(0, 1));
  });

  it('does not sign when signing is off', () => {
    expect(new Webhook(aWebhook({ secrets: [secret('wh_1', 's1', 'a'.repeat(64))] }), sealer).signingKeys(0)).toEqual([]);
  });

  it('refuses a secret that belongs to another webhook', () => {
    const webhook = new Webhook(aWebhook({ id: 'wh_2', signing: true, secrets: [secret('wh_1', 's1', 'a'.repeat(64))] }), sealer);
    expect(() => webhook.signingKeys(0)).toThrow(expect.objectContaining({ code: 'SECRET_UNREADABLE' }));
  });

  it('opens its credentials for its headers', () => {
    const credentials: AuthCredentials = { type: 'BEARER', token: 'tok-1' };
    const sealed = sealer.seal(JSON.stringify(credentials), ['auth', 'default', 'wh_1']);
    const webhook = new Webhook(aWebhook({ id: 'wh_1', auth: { type: 'BEARER', sealed }, headers: { 'X-Env': 'prod' } }), sealer);
    expect(webhook.headers.sent).toEqual(['authorization', 'Bearer tok-1', 'X-Env', 'prod']);
    expect(inspect(webhook.state)).not.toContain('tok-1');
  });
});

describe('webhookHeaders', () => {
  it('sends the header of the auth where a custom header has its name', () => {
    expect(webhookHeaders({ Authorization: 'custom', a: 'b' }, { type: 'BEARER', token: 't' }).sent).toEqual([
      'authorization',
      'Bearer t',
      'a',
      'b',
    ]);
  });

  it.each<[string, AuthCredentials, Record<string, string>]>([
    ['BEARER', { type: 'BEARER', token: 'geheim-1' }, { authorization: '***' }],
    ['API_KEY', { type: 'API_KEY', headerName: 'x-k', key: 'geheim-1' }, { 'x-k': '***' }],
    ['BASIC', { type: 'BASIC', username: 'u', password: 'geheim-1' }, { authorization: '***' }],
    ['CUSTOM_HEADERS', { type: 'CUSTOM_HEADERS', headers: { 'x-a': 'geheim-1' } }, { 'x-a': '***' }],
  ])('shows no credential of %s', (_type, credentials, masked) => {
    const { shown, credentials: values } = webhookHeaders({ 'X-Env': 'prod', 'x-auth-token': 'geheim-2' }, credentials);
    expect(shown).toEqual({ ...masked, 'X-Env': 'prod', 'x-auth-token': '***' });
    expect(values.join()).toContain('geheim-1');
  });
});

describe('idTime', () => {
  it('reads the time an id was made, and nothing from other texts', () => {
    expect(idTime('wh_01kacf0000aaaaaaaaaaaaaaaa')).toBeGreaterThan(Date.parse('2025-01-01'));
    for (const text of ['', 'wh_', 'wh_short', 'wh_!!!!!!!!!!aaaa']) expect(idTime(text)).toBeUndefined();
  });
});
