import { type Cases, WEBHOOK } from './scene.int-fixture.js';

const SINCE = '2026-01-01T00:00:00.000Z';
const NONE = 'dlv_01kay2q4c8f0v6m3d9x7r5t1ze';

export const SENDING_CASES: Cases = {
  'tests are sent': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    await ask('sendTest', { id, body: { eventType: 'order_created', data: { a: 1 } } });
    for (const body of [{ eventType: 'nope' }, { eventType: '' }, { data: 'x'.repeat(1_048_576) }]) await ask('sendTest', { id, body });
    await ask('sendTest', { id: 'nope', body: {} });
  },
  'circuits are told': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    for (const operation of ['probeWebhook', 'resetCircuit'] as const) await ask(operation, { id: `${id}x` });
  },
  'deliveries that are not there are not sent again': async ({ ask }) => {
    for (const operation of ['redeliverDelivery', 'cancelDelivery'] as const) await ask(operation, { id: NONE });
    await ask('redeliverDelivery', { id: NONE, body: { webhookId: '' } });
    for (const body of [
      { to: 'all' },
      { to: 'webhook' },
      { to: 'all', webhookId: 'wh' },
      { to: 'nobody' },
      { to: 'all', source: '' },
      { to: 'all', source: '/other' },
      {},
    ])
      await ask('redeliverEvent', { id: 'nope', body });
  },
  'redeliveries are begun, shown and ended': async ({ ask }) => {
    const { id } = await ask<{ id: string }>('createWebhook', { body: WEBHOOK });
    await ask('redeliverWebhook', { id, body: { since: SINCE, until: '2026-02-01T00:00:00.000Z', statuses: ['failed'], dryRun: true } });
    for (const body of [
      {},
      { since: SINCE, until: SINCE },
      { since: SINCE, statuses: ['pending'] },
      { since: SINCE, eventTypes: ['x'.repeat(129)] },
      { since: SINCE, code: '6xx' },
      { since: SINCE, errorClass: ['nope'] },
      { since: SINCE, trigger: ['nope'] },
    ])
      await ask('redeliverWebhook', { id, body });
    const narrowed = { code: '5xx', errorClass: ['http_5xx'], trigger: ['retry'], deliveryId: NONE, eventId: 'e' };
    await ask('redeliverWebhook', { id, body: { since: SINCE, until: '2026-02-01T00:00:00.000Z', ...narrowed, dryRun: true } });
    await ask('redeliverWebhook', {
      id,
      body: { since: SINCE, until: '2026-02-01T00:00:00.000Z', statuses: ['failed', 'missed'], eventTypes: ['order_created'] },
    });
    await ask('listRedeliveries', { query: { webhookId: 'nope', status: 'completed', limit: '2' } });
    for (const query of [{ status: 'nope' }, { limit: '0' }, { cursor: 'abc' }] as Record<string, string>[])
      await ask('listRedeliveries', { query });
    for (const operation of ['getRedelivery', 'cancelRedelivery'] as const) await ask(operation, { id: NONE });
    await ask('disableWebhook', { id });
    await ask('redeliverWebhook', { id, body: { since: SINCE } });
  },
};
