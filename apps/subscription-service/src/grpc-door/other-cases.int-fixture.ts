import { type Cases, bearer, EVENT, TYPE } from './scene.int-fixture.js';

export const OTHER_CASES: Cases = {
  'events are published one by one': async ({ ask }) => {
    await ask('publishEvent', { body: { ...EVENT, time: '2026-11-20T10:00:00.123Z', channelId: 'c', context: { a: 1 } } });
    for (const body of [
      {},
      { type: 'order_created' },
      { ...EVENT, type: 'nope' },
      { ...EVENT, type: 'RECEIVED_STATUS' },
      { ...EVENT, type: '' },
      { ...EVENT, id: ' x' },
      { ...EVENT, channelId: 'a\u0001' },
      { ...EVENT, data: 'x'.repeat(1_048_576) },
    ])
      await ask('publishEvent', { body });
  },
  'events are published in batches with a result each': async ({ ask }) => {
    await ask('publishEvents', { body: { events: [EVENT, { ...EVENT, id: 'e-2', type: 'nope' }, {}, { ...EVENT, id: 'e-3', data: [] }] } });
    await ask('publishEvents', { body: { events: [] } });
    await ask('publishEvents', { body: { events: Array.from({ length: 1001 }, () => EVENT) } });
  },
  'filters are tried on an event': async ({ ask }) => {
    for (const filter of ['data.total > 1.0', 'data.total > 2.0', 'accountId == "x"', 'data.', '1 + 1', '', 'data.nothing.more == 1'])
      await ask('testFilter', { body: { filter, event: EVENT } });
    for (const body of [{}, { filter: 'true' }, { filter: 'true', event: {} }, { filter: 'true', event: { ...EVENT, accountId: '' } }])
      await ask('testFilter', { body });
  },
  'the catalog is read': async ({ ask }) => {
    for (const query of [{}, { limit: '3' }, { cursor: 'abc' }] as Record<string, string>[]) await ask('listModules', { query });
    for (const query of [{ limit: '3' }, { module: 'orders' }, { q: 'ticket' }, { deprecated: 'true' }, { limit: '0' }] as Record<
      string,
      string
    >[])
      await ask('listEventTypes', { query });
    for (const id of ['order_created', 'RECEIVED_STATUS', 'nope']) {
      await ask('getEventType', { id });
      await ask('listEventTypeVersions', { id });
    }
  },
  'event types are defined and deleted': async ({ account, ask }) => {
    const id = `paid.${account}`;
    await ask('putEventType', { id, body: TYPE });
    await ask('putEventType', {
      id,
      body: {
        ...TYPE,
        schemaCheck: 'warn',
        redact: ['/a', '/list/*/b'],
        deprecated: { message: 'old', since: '2026-01-01T00:00:00.000Z' },
      },
    });
    await ask('putEventType', { id, body: TYPE, ifMatch: '"999"' });
    await ask('getEventType', { id });
    for (const body of [
      {},
      { ...TYPE, module: 'nope' },
      { ...TYPE, schema: { type: 7 } },
      { ...TYPE, schemaCheck: 'maybe' },
      { ...TYPE, redact: ['customer'] },
      { ...TYPE, label: '' },
    ])
      await ask('putEventType', { id, body });
    await ask('putEventType', { id: 'order_created', body: TYPE });
    await ask('deleteEventType', { id: 'order_created' });
    await ask('deleteEventType', { id });
    await ask('deleteEventType', { id });
  },
  'accounts are managed': async ({ account, ask }) => {
    const id = `${account}-2`;
    await ask('createAccount', {
      body: { id, name: 'Two', ownerEmail: 'a@example.com', roles: ['ENTERPRISE'], notifications: { digestMinutes: 5 } },
    });
    await ask('createAccount', { body: { id, name: 'Two' } });
    await ask('createAccount', { body: { name: 'made' } });
    await ask('getAccount', { id });
    await ask('listAccounts', { query: { q: id } });
    for (const body of [
      { name: 'Second' },
      { ownerEmail: null },
      { roles: [] },
      { requiredRole: 'X' },
      { requiredRole: null },
      { notifications: { enabled: false, extraEmails: ['b@example.com'] } },
      { notifications: { extraEmails: [], digestMinutes: 0 } },
      { notifications: { digestMinutes: null, kinds: ['disabled'] } },
      { notifications: { kinds: ['nope'] } },
      { name: null },
      { ownerEmail: 'nope' },
      { roles: ['lower'] },
      { notifications: { digestMinutes: 9999 } },
    ])
      await ask('updateAccount', { id, body });
    for (const body of [{}, { name: '' }, { id: '.', name: 'x' }, { id: '', name: 'x' }]) await ask('createAccount', { body });
    await ask('updateAccount', { id, body: { name: 'x' }, ifMatch: '"1"' });
    await ask('deleteAccount', { id, ifMatch: '"1"' });
    await ask('deleteAccount', { id });
    await ask('getAccount', { id });
    await ask('deleteAccount', { id: 'default' });
  },
  'API keys are managed, and what was done is in the audit log': async ({ account, ask, as }) => {
    const made = await ask<{ id: string; key: string }>('createApiKey', {
      id: account,
      body: { name: 'k', scopes: ['webhooks:read', 'events:write'] },
    });
    const one = { id: account, keyId: made.id };
    await ask('getApiKey', one);
    await ask('listApiKeys', { id: account, query: { limit: '1' } });
    await ask('updateApiKey', { ...one, body: { name: 'k2', scopes: ['admin'], expiresAt: '2040-01-01T00:00:00.000Z' } });
    await ask('updateApiKey', { ...one, body: { expiresAt: null } });
    for (const body of [{ name: null }, { scopes: ['nope'] }, { expiresAt: '2001-01-01T00:00:00.000Z' }])
      await ask('updateApiKey', { ...one, body });
    await ask('updateApiKey', { ...one, body: { name: 'x' }, ifMatch: '"1"' });
    for (const body of [{}, { name: 'x', scopes: ['nope'] }]) await ask('createApiKey', { id: account, body });
    const rotated = await ask<{ key: string }>('rotateApiKey', { ...one, body: { overlapSeconds: 60 } });
    await ask('rotateApiKey', { ...one, body: { overlapSeconds: 604_801 } });
    await as(bearer(rotated.key))('getAccount', { id: account });
    await ask('revokeApiKey', one);
    await ask('getApiKey', one);
    await ask('revokeApiKey', { id: account, keyId: 'nope' });
    await ask('listAuditEntries', { query: { accountId: account } });
    await ask('listAuditEntries', { query: { limit: '0' } });
  },
};
