import { type Cases, bearer } from './scene.int-fixture.js';

const NONE = 'dl_01kay2q4c8f0v6m3d9x7r5t1ze';

export const OPERATOR_CASES: Cases = {
  'portal sessions open one account and nothing else': async ({ account, ask, as }) => {
    await ask('getSession');
    await ask('createPortalSession', { id: account, body: {} });
    for (const body of [{ scopes: ['admin'] }, { scopes: ['nope'] }, { expiresInSeconds: 59 }, { expiresInSeconds: 86_401 }])
      await ask('createPortalSession', { id: account, body });
    await ask('createPortalSession', { id: `${account}-other`, body: {} });
    const asked = { id: account, body: { scopes: ['webhooks:read'], expiresInSeconds: 60 } };
    const { token } = await ask<{ token: string }>('createPortalSession', asked);
    const guest = as(bearer(token));
    await guest('getSession');
    await guest('listWebhooks');
    await guest('createPortalSession', asked);
    await guest('createApiKey', { id: account, body: { name: 'k', scopes: ['webhooks:read'] } });
    await guest('listAuditEntries');
    await as({ ...bearer(token), 'hookstream-account': 'default' })('listWebhooks');
    await as(bearer(`${token}x`))('listWebhooks');
  },
  'operators look at dead letters, circuits and mails': async ({ account, ask, as }) => {
    for (const query of [
      { reason: 'JSON_INVALID', topic: account, status: 'open', from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
      { status: 'nope' },
      { reason: 'no code' },
      { limit: '0' },
      { cursor: 'abc' },
    ] as Record<string, string>[])
      await ask('listDeadLetters', { query });
    await ask('getDeadLetter', { id: NONE });
    for (const id of [NONE, 'nope']) await ask('republishDeadLetter', { id, body: { again: true } });
    for (const query of [
      { accountId: account },
      { accountId: account, circuit: 'half-open' },
      { circuit: 'nope' },
      { cursor: 'abc' },
    ] as Record<string, string>[])
      await ask('listCircuits', { query });
    for (const query of [{ accountId: account }, { accountId: account, status: 'sent', webhookId: 'wh' }, { status: 'nope' }] as Record<
      string,
      string
    >[])
      await ask('listNotifications', { query });
    await as({})('getLag');
  },
};
