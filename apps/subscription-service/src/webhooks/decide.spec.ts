import { describe, expect, it } from '@jest/globals';
import { decide, type WebhookCommand } from './decide.js';
import { evolve } from './evolve.js';
import type { WebhookEvent } from './webhook.events.js';
import type { SecretRef, Webhook, WebhookSettings } from './webhook.js';

const SETTINGS: WebhookSettings = {
  name: 'Billing',
  url: 'https://example.com/hooks',
  method: 'POST',
  channelId: null,
  events: ['order_created'],
  filter: null,
  headers: { 'X-Env': 'prod', 'X-A': 'b' },
  payloadFormat: 'DEFAULT',
  timeoutMs: 15_000,
  notificationType: 'REST',
  retryPolicy: { schedule: ['5s', '1h'], finalStatuses: [404] },
  maxInFlight: 4,
  rateLimit: { perSecond: 0.5 },
  metadata: { team: 'a', tier: 'b' },
  notifyEmails: [],
};
const secret = (id: string): SecretRef => ({ id, last4: '9f3c', validUntil: null });
const NONE = { type: 'NONE', credentialsId: null } as const;

function apply(webhook: Webhook | undefined, events: readonly WebhookEvent[]): Webhook | undefined {
  return events.reduce<Webhook | undefined>((state, event, index) => {
    const version = (webhook?.version ?? 0) + index + 1;
    return evolve(state, { ...event, streamId: 'wh_1', version, actor: 'admin', occurredAt: `2026-11-20T10:00:0${version}.000Z` });
  }, webhook);
}

function aWebhook(overrides: Partial<WebhookCommand & { kind: 'create' }> = {}): Webhook {
  const command = {
    kind: 'create',
    accountId: 'default',
    settings: SETTINGS,
    auth: NONE,
    secret: secret('s1'),
    status: 'enabled',
    ...overrides,
  } as const;
  return apply(undefined, decide(undefined, command))!;
}

const change = (wish: Partial<WebhookCommand & { kind: 'change' }>): WebhookCommand => ({ kind: 'change', settings: {}, ...wish });
const typesOf = (events: readonly WebhookEvent[]): string[] => events.map((event) => event.type);

describe('a webhook', () => {
  it('is created as asked, at version 1', () => {
    expect(aWebhook()).toEqual({
      ...SETTINGS,
      id: 'wh_1',
      accountId: 'default',
      version: 1,
      auth: NONE,
      signing: true,
      secrets: [secret('s1')],
      status: 'enabled',
      disabledReason: null,
      disabledAt: null,
      createdAt: '2026-11-20T10:00:01.000Z',
      updatedAt: '2026-11-20T10:00:01.000Z',
    });
  });

  it('does not sign without a secret', () => {
    expect(aWebhook({ secret: null })).toMatchObject({ signing: false, secrets: [] });
  });

  it('created disabled says who switched it off', () => {
    expect(aWebhook({ status: 'disabled' })).toMatchObject({
      ...{ status: 'disabled', disabledReason: 'manual', disabledAt: '2026-11-20T10:00:01.000Z' },
    });
  });

  it('created before there were limits has the defaults', () => {
    const { retryPolicy: _, maxInFlight: __, rateLimit: ___, metadata: ____, notifyEmails: _____, ...settings } = SETTINGS;
    const data = {
      accountId: 'default',
      settings,
      auth: NONE,
      signing: false,
      secret: null,
      status: 'enabled',
      disabledReason: null,
    } as const;
    const webhook = apply(undefined, [
      { type: 'webhook.created', data },
      { type: 'webhook.updated', data: { settings: { name: 'B' } } },
    ]);
    expect(webhook).toMatchObject({ name: 'B', retryPolicy: null, maxInFlight: 10, rateLimit: null, metadata: {}, notifyEmails: [] });
  });

  it('keeps an event of nothing but what differs', () => {
    const events = decide(aWebhook(), change({ settings: { ...SETTINGS, url: 'https://example.com/other' } }));
    expect(events).toEqual([{ type: 'webhook.updated', data: { settings: { url: 'https://example.com/other' } } }]);
  });

  it('counts another order of headers as a change', () => {
    expect(typesOf(decide(aWebhook(), change({ settings: { headers: { 'X-A': 'b', 'X-Env': 'prod' } } })))).toEqual(['webhook.updated']);
  });

  it.each([
    ['the same settings', change({ settings: SETTINGS })],
    ['metadata in another order', change({ settings: { metadata: { tier: 'b', team: 'a' } } })],
    ['an absent setting', change({ settings: { name: undefined } })],
    ['the status it has', change({ status: 'enabled' })],
    ['no auth when it has none', change({ auth: NONE })],
  ])('keeps no event of %s', (_, command) => {
    expect(decide(aWebhook(), command)).toEqual([]);
  });

  it('switches signing on with a new secret, replacing the old one at once', () => {
    const off = apply(aWebhook(), decide(aWebhook(), change({ signing: false })))!;
    expect(off).toMatchObject({ signing: false, secrets: [], version: 2 });
    const on = apply(off, decide(off, change({ secret: secret('s2') })))!;
    expect(on).toMatchObject({ signing: true, secrets: [{ id: 's2' }] });
    expect(apply(on, decide(on, change({ secret: secret('s3') })))!.secrets).toEqual([secret('s3')]);
  });

  it('keeps the replaced secret signing until an overlap ends, and ends one that was replaced before it', () => {
    const rotated = (id: string, until: string): WebhookEvent => ({
      type: 'webhook.secret-rotated',
      data: { secret: secret(id), previousValidUntil: until },
    });
    const webhook = apply(aWebhook(), [rotated('s2', '2026-11-21T00:00:00Z'), rotated('s3', '2026-11-22T00:00:00Z')])!;
    expect(webhook.secrets.map(({ id, validUntil }) => [id, validUntil])).toEqual([
      ['s3', null],
      ['s2', '2026-11-22T00:00:00Z'],
    ]);
  });

  it('ends the secret of an overlap that is over, and not one that was rotated in meanwhile', () => {
    const rotated: WebhookEvent = {
      type: 'webhook.secret-rotated',
      data: { secret: secret('s2'), previousValidUntil: '2026-11-21T00:00:00Z' },
    };
    const webhook = apply(aWebhook(), [rotated])!;
    const end = (by?: string) => decide(webhook, { kind: 'end-previous-secret', by });
    expect(end('2026-11-20T23:59:59Z')).toEqual([]);
    for (const events of [end('2026-11-21T00:00:00Z'), end()]) expect(apply(webhook, events)!.secrets.map(({ id }) => id)).toEqual(['s2']);
    expect(decide(aWebhook(), { kind: 'end-previous-secret' })).toEqual([]);
  });

  it('takes settings, secret and status in one command', () => {
    const command = change({ settings: { name: 'New' }, secret: secret('s2'), status: 'disabled' });
    const events = decide(aWebhook(), command);
    expect(typesOf(events)).toEqual(['webhook.updated', 'webhook.secret-rotated', 'webhook.disabled']);
    expect(apply(aWebhook(), events)).toMatchObject({ name: 'New', secrets: [{ id: 's2' }], status: 'disabled', version: 4 });
  });

  it('says since when it is off, whatever is changed of it meanwhile', () => {
    const off = apply(aWebhook(), decide(aWebhook(), change({ status: 'disabled' })))!;
    const edited = apply(off, decide(off, change({ settings: { name: 'New' }, secret: secret('s2') })));
    expect(edited).toMatchObject({ disabledAt: '2026-11-20T10:00:02.000Z', updatedAt: '2026-11-20T10:00:04.000Z' });
  });

  it('enabled again forgets why and since when it was off', () => {
    const off = aWebhook({ status: 'disabled' });
    expect(apply(off, decide(off, change({ status: 'enabled' })))).toMatchObject({
      status: 'enabled',
      disabledReason: null,
      disabledAt: null,
    });
  });

  it('is gone once deleted, and stays gone', () => {
    expect(apply(aWebhook(), decide(aWebhook(), { kind: 'delete' }))).toBeUndefined();
    expect(apply(undefined, [{ type: 'webhook.enabled', data: {} }])).toBeUndefined();
  });

  it.each([change({ status: 'enabled' }), { kind: 'delete' } as const])('that is not there refuses $kind', (command) => {
    expect(() => decide(undefined, command)).toThrow(expect.objectContaining({ code: 'WEBHOOK_NOT_FOUND' }));
  });
});
