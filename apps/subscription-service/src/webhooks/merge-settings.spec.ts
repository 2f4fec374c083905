import { describe, expect, it } from '@jest/globals';
import { mergeSettings, type SettingsPatch } from './merge-settings.js';
import type { Webhook } from './webhook.js';

const webhook: Webhook = {
  id: 'wh_1',
  accountId: 'default',
  version: 1,
  name: 'Billing',
  url: 'https://example.com/hooks',
  method: 'POST',
  channelId: 'c1',
  events: ['order_created'],
  filter: null,
  headers: { 'X-Env': 'prod', 'X-A': '1' },
  payloadFormat: 'DEFAULT',
  timeoutMs: 15_000,
  notificationType: 'REST',
  retryPolicy: { schedule: ['5s'], finalStatuses: [] },
  maxInFlight: 10,
  rateLimit: { perSecond: 2 },
  metadata: { team: 'a', tier: 'gold' },
  notifyEmails: [],
  auth: { type: 'NONE', credentialsId: null },
  signing: false,
  secrets: [],
  status: 'enabled',
  disabledReason: null,
  disabledAt: null,
  createdAt: '2026-11-20T10:00:00.000Z',
  updatedAt: '2026-11-20T10:00:00.000Z',
};

describe('a change of settings', () => {
  it.each<[string, SettingsPatch, object]>([
    ['names only what it changes', { maxInFlight: 3 }, { maxInFlight: 3 }],
    ['takes a limit away with null', { rateLimit: null, channelId: null }, { rateLimit: null, channelId: null }],
    ['merges metadata key by key', { metadata: { tier: null, since: '2026' } }, { metadata: { team: 'a', since: '2026' } }],
    ['empties metadata with null', { metadata: null }, { metadata: {} }],
    ['leaves metadata alone with no keys', { metadata: {} }, { metadata: webhook.metadata }],
    ['merges headers whatever their case', { headers: { 'x-env': 'test', 'X-A': null } }, { headers: { 'x-env': 'test' } }],
    ['empties headers with null', { headers: null }, { headers: {} }],
    ['merges the retry policy', { retryPolicy: { finalStatuses: [404] } }, { retryPolicy: { schedule: ['5s'], finalStatuses: [404] } }],
  ])('%s', (_, patch, expected) => {
    expect(mergeSettings(webhook, patch)).toEqual(expected);
  });

  it('to what is there keeps the order of headers', () => {
    const headers = mergeSettings(webhook, { headers: { 'X-A': '1', 'X-Env': 'prod' } }).headers;
    expect(JSON.stringify(headers)).toBe(JSON.stringify(webhook.headers));
  });
});
