import { describe, expect, it } from '@jest/globals';
import { AppError } from '#libs/kernel';
import { decodeVersionCursor, historyOf } from './webhook-history.js';
import type { StoredWebhookEvent, WebhookEvent } from './webhook.events.js';

const CREATED: WebhookEvent = {
  type: 'webhook.created',
  data: {
    accountId: 'a',
    settings: {
      name: 'Billing',
      url: 'https://example.com/',
      method: 'POST',
      channelId: null,
      events: ['*'],
      headers: { 'X-Key': 'canary-header' },
      payloadFormat: 'DEFAULT',
      timeoutMs: 15_000,
      notificationType: 'REST',
    },
    auth: { type: 'API_KEY', credentialsId: 'cred_1', headerName: 'x-api-key' },
    signing: true,
    secret: { id: 'sec_1', last4: 'abcd', validUntil: null },
    status: 'enabled',
    disabledReason: null,
  },
};
const stored = (...events: WebhookEvent[]): StoredWebhookEvent[] =>
  events.map((event, index) => ({
    ...event,
    streamId: 'wh_1',
    version: index + 1,
    actor: `actor ${index}`,
    occurredAt: `2026-11-20T10:00:0${index}Z`,
  }));
const changesOf = (...events: WebhookEvent[]) => historyOf(stored(CREATED, ...events), { limit: 1 }).data[0]!.changes;

describe('the history of a webhook', () => {
  it('begins with everything that was set, and masks what is secret', () => {
    const [creation] = historyOf(stored(CREATED), { limit: 10 }).data;
    expect(creation).toMatchObject({ version: 1, type: 'webhook.created', actor: 'actor 0' });
    expect(creation!.changes).toEqual(
      expect.arrayContaining([
        { field: 'name', before: null, after: 'Billing' },
        { field: 'headers', before: null, after: { 'X-Key': '[set]' } },
        { field: 'auth', before: null, after: { type: 'API_KEY', headerName: 'x-api-key', credentials: '[set]' } },
        { field: 'secret', before: null, after: '[set]' },
      ]),
    );
    expect(JSON.stringify(creation)).not.toMatch(/canary|cred_1|sec_1|abcd/);
  });

  it('tells what a change changed, before and after', () => {
    expect(changesOf({ type: 'webhook.updated', data: { settings: { name: 'New', filter: 'true' } } })).toEqual([
      { field: 'name', before: 'Billing', after: 'New' },
      { field: 'filter', before: null, after: 'true' },
    ]);
  });

  it('tells that a masked value is another one now', () => {
    const auth = { type: 'API_KEY' as const, credentialsId: 'cred_2', headerName: 'x-api-key' };
    expect(changesOf({ type: 'webhook.updated', data: { auth, settings: { headers: { 'X-Key': 'other' } } } })).toEqual([
      { field: 'headers', before: { 'X-Key': '[set]' }, after: { 'X-Key': '[set]' }, replaced: ['X-Key'] },
      {
        field: 'auth',
        before: { type: 'API_KEY', headerName: 'x-api-key', credentials: '[set]' },
        after: { type: 'API_KEY', headerName: 'x-api-key', credentials: '[set]' },
        replaced: ['credentials'],
      },
    ]);
  });

  it('tells a masked value that is another one now from one that stayed beside one that came', () => {
    const set = (headers: Record<string, string>): WebhookEvent => ({ type: 'webhook.updated', data: { settings: { headers } } });
    const replacedBy = (headers: Record<string, string>) => changesOf(set(headers))[0]!.replaced;
    expect(replacedBy({ 'X-Key': 'canary-header', 'X-New': '1' })).toBeUndefined();
    expect(replacedBy({ 'X-Key': 'other', 'X-New': '1' })).toEqual(['X-Key']);
  });

  it('tells of a rotation, and until when the one before signs', () => {
    const data = { secret: { id: 'sec_2', last4: 'wxyz', validUntil: null }, previousValidUntil: '2026-11-21T10:00:00Z' };
    expect(changesOf({ type: 'webhook.secret-rotated', data })).toEqual([
      { field: 'secret', before: '[set]', after: '[set]' },
      { field: 'previousValidUntil', before: null, after: '2026-11-21T10:00:00Z' },
    ]);
  });

  it('comes newest first, in pages that stay right while changes are added', () => {
    const updates = Array.from({ length: 4 }, (_, n): WebhookEvent => ({ type: 'webhook.updated', data: { settings: { name: `n${n}` } } }));
    const first = historyOf(stored(CREATED, ...updates.slice(0, 3)), { limit: 2 });
    expect(first.data.map(({ version }) => version)).toEqual([4, 3]);
    const rest = historyOf(stored(CREATED, ...updates), { limit: 2, before: decodeVersionCursor(first.nextCursor!) });
    expect(rest.data.map(({ version }) => version)).toEqual([2, 1]);
    expect(rest.nextCursor).toBeNull();
  });

  it.each(['x', '', 'djA', 'dmFiYw'])('refuses the cursor %j, which no list gave out', (cursor) => {
    expect(() => decodeVersionCursor(cursor)).toThrow(AppError);
  });
});
