import { type Cases, WEBHOOK } from './scene.int-fixture.js';

const NONE = 'att_01kay2q4c8f0v6m3d9x7r5t1ze';
type Query = Record<string, string>;

export const HISTORY_CASES: Cases = {
  'attempts are listed by what is asked for': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    for (const query of [
      {},
      { status: 'failed', code: '5xx', errorClass: 'timeout', trigger: 'test', event: 'order_created', limit: '3' },
      { deliveryId: 'x', eventId: 'y', from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' },
      { status: 'nope' },
      { code: '9xx' },
      { errorClass: 'nope' },
      { trigger: 'nope' },
      { limit: '101' },
      { cursor: 'abc' },
      { event: '' },
    ] as Query[])
      await ask('listAttempts', { id, query });
    await ask('exportAttempts', { id, query: { code: '9xx' } });
  },
  'what is not there is not shown': async ({ ask }) => {
    for (const operation of ['listAttempts', 'exportAttempts', 'getAttempt', 'getDelivery', 'getEvent', 'traceEvent'] as const) {
      await ask(operation, { id: NONE });
      await ask(operation, { id: 'nope' });
    }
    for (const query of [{ webhookId: 'nope' }, { webhookId: '' }] as Query[]) await ask('watchAttempts', { query });
    await ask('getEvent', { id: 'nope', query: { source: '' } });
  },
  'deliveries and events are listed': async ({ ask }) => {
    for (const query of [
      {},
      { state: 'failed', limit: '1' },
      { webhookId: 'x', eventId: 'y' },
      { state: 'nope' },
      { cursor: 'a' },
    ] as Query[])
      await ask('listDeliveries', { query });
    for (const query of [{}, { type: 'order_created', id: 'x' }, { unmatched: 'true' }, { limit: '0' }, { type: '' }] as Query[])
      await ask('listEvents', { query });
  },
  'attempts are counted': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    const times = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T01:00:00.000Z' };
    for (const query of [
      { ...times, bucket: '15m' },
      { ...times, webhookId: id, bucket: '1h' },
      { range: '1h', from: times.from },
      { range: '2h' },
      { bucket: '2h' },
      { webhookId: 'nope' },
      { from: times.to, to: times.from },
    ] as Query[])
      await ask('getStats', { query });
    await ask('getOverview');
  },
  'webhooks are listed by their health': async ({ ask }) => {
    await ask('createWebhook', { body: WEBHOOK });
    for (const health of ['healthy', 'paused', 'probing', 'disabled', 'ill']) await ask('listWebhooks', { query: { health } });
  },
};
