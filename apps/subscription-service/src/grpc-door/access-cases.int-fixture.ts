import { type Cases, bearer, EVENT, TYPE, WEBHOOK } from './scene.int-fixture.js';

const WITH_ID = [
  'getWebhook',
  'enableWebhook',
  'disableWebhook',
  'rotateSecret',
  'revokePreviousSecret',
  'listWebhookChanges',
  'deleteWebhook',
] as const;

export const ACCESS_CASES: Cases = {
  'without a key, with a wrong one, and with one that lacks the scope': async ({ account, ask, as }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    const { key } = await ask<{ key: string }>('createApiKey', { id: account, body: { name: 'reader', scopes: ['webhooks:read'] } });
    for (const headers of [{}, bearer('nope'), { authorization: 'Basic x' }] as Record<string, string>[]) {
      await as(headers)('getWebhook', { id });
      await as(headers)('listModules');
    }
    const reader = as(bearer(key));
    await reader('getWebhook', { id });
    await reader('listModules', { query: { limit: '2' } });
    await reader('deleteWebhook', { id });
    await reader('publishEvent', { body: EVENT });
    await reader('listAccounts');
    await reader('getAccount', { id: account });
    await reader('getAccount', { id: 'default' });
    await reader('putEventType', { id: 'x', body: TYPE });
    await as({ ...bearer(key), 'hookstream-account': 'default' })('getWebhook', { id });
  },
  'what belongs to another account is not there': async ({ account, ask, as }) => {
    const other = as(bearer('test-admin-key-0123456789'));
    const { id } = await other<{ id: string }>('createWebhook', { body: WEBHOOK });
    for (const operation of WITH_ID) await ask(operation, { id });
    await ask('updateWebhook', { id, body: { name: 'mine' } });
    await ask('replaceWebhook', { id, body: WEBHOOK });
    await ask('listWebhooks');
    await ask('getAccount', { id: `${account}-other` });
    await ask('listApiKeys', { id: `${account}-other` });
    await other('deleteWebhook', { id });
  },
  'an account without the role that it needs may not use webhooks': async ({ account, ask }) => {
    await ask('updateAccount', { id: account, body: { requiredRole: 'ENTERPRISE' } });
    await ask('listWebhooks');
    await ask('createWebhook', { body: WEBHOOK });
    await ask('listModules', { query: { limit: '1' } });
    await ask('updateAccount', { id: account, body: { roles: ['ENTERPRISE'] } });
    await ask('listWebhooks');
  },
  'a call with an idempotency key happens once': async ({ account, as }) => {
    const headers = { ...bearer('test-admin-key-0123456789'), 'hookstream-account': account, 'idempotency-key': 'k 1' };
    const ask = as(headers);
    await ask('createWebhook', { body: WEBHOOK });
    await ask('createWebhook', { body: WEBHOOK });
    await ask('createWebhook', { body: { ...WEBHOOK, name: 'Other' } });
    await as({ ...headers, 'idempotency-key': '' })('createWebhook', { body: WEBHOOK });
    await as({ ...headers, 'idempotency-key': 'x'.repeat(256) })('createWebhook', { body: WEBHOOK });
  },
};
