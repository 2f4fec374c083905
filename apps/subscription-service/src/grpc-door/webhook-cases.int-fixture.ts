import { type Cases, WEBHOOK } from './scene.int-fixture.js';

const FULL = {
  ...WEBHOOK,
  method: 'PUT',
  channelId: 'c1',
  events: ['messages:*', 'order_created'],
  headers: { 'X-Env': 'prod', 'X-Team': 'a' },
  auth: { type: 'API_KEY', key: 'canary-credential' },
  payloadFormat: 'ENVELOPE',
  status: 'disabled',
  notificationType: 'REST',
  retryPolicy: { schedule: ['5s', '1m'], finalStatuses: [400, 404] },
  timeoutMs: 5000,
  maxInFlight: 3,
  rateLimit: { perSecond: 0.5 },
  metadata: { team: 'billing', note: '' },
};

export const WEBHOOK_CASES: Cases = {
  'a webhook is created with defaults, read, and shows its secret once': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    await ask('getWebhook', { id });
    await ask('createWebhook', { body: { ...WEBHOOK, name: 'own secret', secret: 'my own secret 16' } });
    await ask('createWebhook', { body: { ...WEBHOOK, name: 'unsigned', signing: false } });
  },
  'every setting of a webhook is kept': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: FULL });
    await ask('getWebhook', { id });
    await ask('createWebhook', { body: { ...FULL, name: 'no retries', retryPolicy: { schedule: [] } } });
    for (const auth of [
      { type: 'BEARER', token: 't' },
      { type: 'BASIC', username: 'u', password: 'p' },
      { type: 'CUSTOM_HEADERS', headers: { 'X-Tenant': 't' } },
    ])
      await ask('createWebhook', { body: { ...WEBHOOK, name: auth.type, auth } });
  },
  'a change says what a JSON merge patch says, nulls and removals included': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: FULL });
    for (const body of [
      { name: 'Renamed' },
      { channelId: null },
      { headers: { 'X-Env': null, 'X-New': '1' } },
      { headers: null },
      { metadata: { team: null, other: 'x' } },
      { metadata: null },
      { retryPolicy: { schedule: null } },
      { retryPolicy: { finalStatuses: [410] } },
      { retryPolicy: { finalStatuses: [] } },
      { retryPolicy: null },
      { rateLimit: { perSecond: 7 } },
      { rateLimit: null },
      { auth: { type: 'NONE' } },
      { events: ['*'], method: 'POST', payloadFormat: 'RAW', timeoutMs: 1000, maxInFlight: 1, status: 'enabled' },
      { signing: true },
      { signing: false },
      { secret: 'my own secret 16' },
      {},
    ])
      await ask('updateWebhook', { id, body });
    await ask('getWebhook', { id });
  },
  'faults of a change name the field': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    for (const body of [
      { notifyEmails: ['a@example.com'] },
      { notifyEmails: ['nope'] },
      { notifyEmails: [] },
      { name: null },
      { name: '' },
      { url: null },
      { events: [] },
      { method: 'PATCH' },
      { timeoutMs: null },
      { secret: 'short' },
    ])
      await ask('updateWebhook', { id, body });
  },
  'a webhook is replaced as a whole, the same again changing nothing': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: FULL });
    await ask('replaceWebhook', { id, body: { ...WEBHOOK, name: 'Other' } });
    await ask('replaceWebhook', { id, body: { ...WEBHOOK, name: 'Other' } });
    await ask('replaceWebhook', { id, body: { name: 'no url' } });
  },
  'webhooks are enabled, disabled and deleted': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    await ask('disableWebhook', { id });
    await ask('disableWebhook', { id });
    await ask('enableWebhook', { id });
    await ask('deleteWebhook', { id });
    for (const operation of ['getWebhook', 'enableWebhook', 'disableWebhook', 'deleteWebhook'] as const) await ask(operation, { id });
    await ask('updateWebhook', { id, body: { name: 'x' } });
    await ask('replaceWebhook', { id, body: WEBHOOK });
    await ask('getWebhook', { id: 'no-id' });
  },
  'secrets are rotated, with an overlap that can be ended, and changes are told with secrets masked': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: FULL });
    await ask('rotateSecret', { id, body: { overlapSeconds: 3600 } });
    await ask('revokePreviousSecret', { id });
    await ask('revokePreviousSecret', { id, ifMatch: '"1"' });
    await ask('rotateSecret', { id, body: { overlapSeconds: 0, secret: 'my own secret 16' } });
    for (const body of [{ overlapSeconds: 604_801 }, { overlapSeconds: -1 }, { secret: 'short' }]) await ask('rotateSecret', { id, body });
    await ask('updateWebhook', { id, body: { signing: false, headers: { 'X-Env': null }, filter: 'data.total > 1.0' } });
    await ask('updateWebhook', { id, body: { filter: 'data.' } });
    await ask('updateWebhook', { id, body: { filter: null } });
    await ask('rotateSecret', { id, body: {} });
    await ask('listWebhookChanges', { id });
    await ask('listWebhookChanges', { id, query: { limit: '1' } });
    await ask('listWebhookChanges', { id, query: { cursor: 'abc' } });
    await ask('deleteWebhook', { id });
    await ask('listWebhookChanges', { id });
    await ask('rotateSecret', { id, body: {} });
    await ask('listWebhookChanges', { id: 'nope' });
  },
  'lists are filtered and paged': async ({ ask }) => {
    for (let i = 0; i < 5; i++) {
      await ask('createWebhook', { body: { ...WEBHOOK, name: `w${i}`, channelId: `c${i % 2}`, status: i === 4 ? 'disabled' : 'enabled' } });
    }
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '2', ...(cursor === null ? {} : { cursor }) };
      cursor = (await ask<{ nextCursor: string | null }>('listWebhooks', { query })).nextCursor;
    } while (cursor !== null);
    for (const query of [
      { channelId: 'c1' },
      { status: 'disabled' },
      { event: 'order_created' },
      { module: 'messages' },
      { q: 'W3' },
    ] as Record<string, string>[])
      await ask('listWebhooks', { query });
    for (const query of [{ limit: '0' }, { limit: '101' }, { cursor: 'abc' }, { cursor: '' }, { status: 'on' }, { channelId: '' }])
      await ask('listWebhooks', { query: query as unknown as Record<string, string> });
  },
  'faults of a webhook name every field and rule': async ({ ask }) => {
    for (const body of [
      {},
      { ...WEBHOOK, events: ['order_created', 'nope'] },
      { ...WEBHOOK, url: 'http://10.0.0.5/', headers: { Host: 'x', ok: 'y' } },
      { ...WEBHOOK, url: 'nonsense', name: '' },
      { ...WEBHOOK, name: 'a\u0000b' },
      { ...WEBHOOK, name: 'x'.repeat(101) },
      { ...WEBHOOK, auth: { type: 'BEARER' } },
      { ...WEBHOOK, auth: { type: 'NONE', token: 'x' } },
      { ...WEBHOOK, auth: { type: 'MAGIC' } },
      { ...WEBHOOK, auth: {} },
      { ...WEBHOOK, secret: 'short' },
      { ...WEBHOOK, signing: false, secret: 'long enough secret' },
      { ...WEBHOOK, timeoutMs: 999, maxInFlight: 0, rateLimit: { perSecond: 0 } },
      { ...WEBHOOK, rateLimit: {} },
      { ...WEBHOOK, retryPolicy: { schedule: ['5x', '8d'], finalStatuses: [200, 404, 404] } },
      { ...WEBHOOK, method: 'PATCH', payloadFormat: 'NOPE', status: 'on', notificationType: 'MAIL' },
      { ...WEBHOOK, metadata: { ['k'.repeat(65)]: 'v' } },
    ])
      await ask('createWebhook', { body });
  },
  'a taken name, and a stale version': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    await ask('createWebhook', { body: WEBHOOK });
    await ask('updateWebhook', { id, body: { name: 'B' }, ifMatch: '"1"' });
    for (const ifMatch of ['"1"', '"x"', '']) await ask('updateWebhook', { id, body: { name: 'C' }, ifMatch });
    for (const operation of ['disableWebhook', 'deleteWebhook'] as const) await ask(operation, { id, ifMatch: '"1"' });
    await ask('replaceWebhook', { id, body: WEBHOOK, ifMatch: '"1"' });
    await ask('disableWebhook', { id, ifMatch: '*' });
  },
};
