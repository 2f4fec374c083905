import * as toHttp from './rpc-to-http.int-fixture.js';
import { HISTORY_HTTP, HISTORY_RPC } from './history-operations.int-fixture.js';
import { OPERATOR_HTTP, OPERATOR_RPC } from './operator-operations.int-fixture.js';
import * as toRpc from './http-to-rpc.int-fixture.js';

type Json = Record<string, unknown>;

/** What is asked, in the words of HTTP. */
export interface Asked {
  readonly id?: string;
  readonly keyId?: string;
  readonly query?: Record<string, string>;
  readonly body?: Json;
  readonly ifMatch?: string;
}

interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: Json | undefined;
}

interface RpcCall {
  readonly rpc: string;
  readonly request: Json;
  /** The answer as HTTP gives it; absent: HTTP gives none. */
  readonly shown?: (message: Json) => Json;
}

const part = (id = ''): string => encodeURIComponent(id);
const search = (query: Record<string, string> = {}): string =>
  Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query).toString()}`;

const http =
  (method: HttpCall['method'], path: (asked: Asked) => string) =>
  (asked: Asked): HttpCall => ({
    method,
    path: path(asked) + search(asked.query),
    body: asked.body,
  });
const webhook = (asked: Asked, action = ''): string => `/v1/webhooks/${part(asked.id)}${action}`;
const account = (asked: Asked): string => `/v1/accounts/${part(asked.id)}`;
const apiKey = (asked: Asked, action = ''): string => `${account(asked)}/api-keys/${part(asked.keyId)}${action}`;

/** Every operation of both doors, but reading without a key. */
export const HTTP_OPERATIONS = {
  createWebhook: http('POST', () => '/v1/webhooks'),
  listWebhooks: http('GET', () => '/v1/webhooks'),
  getWebhook: http('GET', (asked) => webhook(asked)),
  replaceWebhook: http('PUT', (asked) => webhook(asked)),
  updateWebhook: http('PATCH', (asked) => webhook(asked)),
  deleteWebhook: http('DELETE', (asked) => webhook(asked)),
  enableWebhook: http('POST', (asked) => webhook(asked, '/enable')),
  disableWebhook: http('POST', (asked) => webhook(asked, '/disable')),
  rotateSecret: http('POST', (asked) => webhook(asked, '/rotate-secret')),
  revokePreviousSecret: http('POST', (asked) => webhook(asked, '/revoke-previous-secret')),
  listWebhookChanges: http('GET', (asked) => webhook(asked, '/changes')),
  sendTest: http('POST', (asked) => webhook(asked, '/test')),
  probeWebhook: http('POST', (asked) => webhook(asked, '/probe')),
  resetCircuit: http('POST', (asked) => webhook(asked, '/reset-circuit')),
  redeliverWebhook: http('POST', (asked) => webhook(asked, '/redeliver')),
  redeliverDelivery: http('POST', ({ id }) => `/v1/deliveries/${part(id)}/redeliver`),
  cancelDelivery: http('POST', ({ id }) => `/v1/deliveries/${part(id)}/cancel`),
  redeliverEvent: http('POST', ({ id }) => `/v1/events/${part(id)}/redeliver`),
  listRedeliveries: http('GET', () => '/v1/redeliveries'),
  getRedelivery: http('GET', ({ id }) => `/v1/redeliveries/${part(id)}`),
  cancelRedelivery: http('POST', ({ id }) => `/v1/redeliveries/${part(id)}/cancel`),
  expunge: http('POST', ({ id }) => `/v1/accounts/${part(id)}/expunge`),
  publishEvent: http('POST', () => '/v1/events'),
  publishEvents: http('POST', () => '/v1/events/batch'),
  listModules: http('GET', () => '/v1/modules'),
  listEventTypes: http('GET', () => '/v1/event-types'),
  getEventType: http('GET', ({ id }) => `/v1/event-types/${part(id)}`),
  listEventTypeVersions: http('GET', ({ id }) => `/v1/event-types/${part(id)}/versions`),
  putEventType: http('PUT', ({ id }) => `/v1/event-types/${part(id)}`),
  deleteEventType: http('DELETE', ({ id }) => `/v1/event-types/${part(id)}`),
  testFilter: http('POST', () => '/v1/filters/test'),
  createAccount: http('POST', () => '/v1/accounts'),
  listAccounts: http('GET', () => '/v1/accounts'),
  getAccount: http('GET', account),
  updateAccount: http('PATCH', account),
  deleteAccount: http('DELETE', account),
  createApiKey: http('POST', (asked) => `${account(asked)}/api-keys`),
  listApiKeys: http('GET', (asked) => `${account(asked)}/api-keys`),
  getApiKey: http('GET', (asked) => apiKey(asked)),
  updateApiKey: http('PATCH', (asked) => apiKey(asked)),
  rotateApiKey: http('POST', (asked) => apiKey(asked, '/rotate')),
  revokeApiKey: http('DELETE', (asked) => apiKey(asked)),
  listAuditEntries: http('GET', () => '/v1/audit'),
  ...OPERATOR_HTTP,
  ...HISTORY_HTTP,
} satisfies Record<string, (asked: Asked) => HttpCall>;

export type Operation = keyof typeof HTTP_OPERATIONS;

type Translate = (asked: Asked) => Json;
const WEBHOOKS = 'WebhookService';
const EVENTS = 'EventService';
const DELIVERIES = 'DeliveryService';
const CATALOG = 'CatalogService';
const ACCOUNTS = 'AccountService';
const rpc =
  (service: string, method: string, request: Translate, shown?: (message: Json) => Json) =>
  (asked: Asked): RpcCall => ({
    rpc: `${service}/${method}`,
    request: request(asked),
    ...(shown ? { shown } : {}),
  });
const id: Translate = (asked) => ({ id: asked.id ?? '' });
const name: Translate = (asked) => ({ name: asked.id ?? '' });
const keyed: Translate = (asked) => ({ accountId: asked.id ?? '', id: asked.keyId ?? '' });

export const RPC_OPERATIONS: Record<Operation, (asked: Asked) => RpcCall> = {
  createWebhook: rpc(WEBHOOKS, 'CreateWebhook', ({ body = {} }) => ({ webhook: toRpc.webhook(body) }), toHttp.webhook),
  listWebhooks: rpc(
    WEBHOOKS,
    'ListWebhooks',
    ({ query = {} }) => toRpc.webhookQuery(query),
    toHttp.page('webhooks', (row) => toHttp.webhook({ webhook: row })),
  ),
  getWebhook: rpc(WEBHOOKS, 'GetWebhook', id, toHttp.webhook),
  replaceWebhook: rpc(WEBHOOKS, 'ReplaceWebhook', (asked) => ({ ...id(asked), webhook: toRpc.webhook(asked.body ?? {}) }), toHttp.webhook),
  updateWebhook: rpc(WEBHOOKS, 'UpdateWebhook', (asked) => ({ ...id(asked), ...toRpc.webhookPatch(asked.body ?? {}) }), toHttp.webhook),
  deleteWebhook: rpc(WEBHOOKS, 'DeleteWebhook', id),
  enableWebhook: rpc(WEBHOOKS, 'EnableWebhook', id, toHttp.webhook),
  disableWebhook: rpc(WEBHOOKS, 'DisableWebhook', id, toHttp.webhook),
  rotateSecret: rpc(WEBHOOKS, 'RotateSecret', (asked) => ({ ...id(asked), ...asked.body }), toHttp.rotation),
  revokePreviousSecret: rpc(WEBHOOKS, 'RevokePreviousSecret', id, toHttp.webhook),
  listWebhookChanges: rpc(
    WEBHOOKS,
    'ListWebhookChanges',
    (asked) => ({ ...id(asked), ...toRpc.query(asked.query ?? {}) }),
    toHttp.page('changes', toHttp.change),
  ),
  sendTest: rpc(
    DELIVERIES,
    'SendTest',
    ({ id: webhookId, body = {} }) => ({ ...toRpc.event(body), webhookId }),
    (sent) => sent,
  ),
  probeWebhook: rpc(DELIVERIES, 'ProbeWebhook', id),
  resetCircuit: rpc(DELIVERIES, 'ResetCircuit', id),
  redeliverWebhook: rpc(
    DELIVERIES,
    'RedeliverWebhook',
    (asked) => ({ ...id(asked), ...toRpc.selection(asked.body ?? {}) }),
    ({ redelivery }) => toHttp.redelivery(redelivery as Json),
  ),
  redeliverDelivery: rpc(DELIVERIES, 'RedeliverDelivery', (asked) => ({ ...asked.body, ...id(asked) }), toHttp.resent),
  cancelDelivery: rpc(DELIVERIES, 'CancelDelivery', id, (answer) => answer),
  redeliverEvent: rpc(
    DELIVERIES,
    'RedeliverEvent',
    (asked) => ({ ...id(asked), ...toRpc.eventTarget(asked.body ?? {}) }),
    ({ redelivery }) => toHttp.redelivery(redelivery as Json),
  ),
  listRedeliveries: rpc(
    DELIVERIES,
    'ListRedeliveries',
    ({ query = {} }) => toRpc.redeliveryQuery(query),
    toHttp.page('redeliveries', toHttp.redelivery),
  ),
  getRedelivery: rpc(DELIVERIES, 'GetRedelivery', id, ({ redelivery }) => toHttp.redelivery(redelivery as Json)),
  cancelRedelivery: rpc(DELIVERIES, 'CancelRedelivery', id, ({ redelivery }) => toHttp.redelivery(redelivery as Json)),
  expunge: rpc(
    DELIVERIES,
    'Expunge',
    ({ id: accountId, body = {} }) => ({ ...body, accountId }),
    (answer) => ({ deliveries: 0, attempts: 0, bodies: 0, events: 0, complete: false, ...answer }),
  ),
  publishEvent: rpc(
    EVENTS,
    'PublishEvent',
    ({ body = {} }) => ({ event: toRpc.event(body) }),
    (answer) => answer,
  ),
  publishEvents: rpc(
    EVENTS,
    'PublishEvents',
    ({ body = {} }) => ({ events: ((body.events ?? []) as Json[]).map(toRpc.event) }),
    toHttp.batch,
  ),
  listModules: rpc(CATALOG, 'ListModules', ({ query = {} }) => toRpc.query(query), toHttp.page('modules', toHttp.module)),
  listEventTypes: rpc(CATALOG, 'ListEventTypes', ({ query = {} }) => toRpc.query(query), toHttp.page('eventTypes', toHttp.eventType)),
  getEventType: rpc(CATALOG, 'GetEventType', name, ({ eventType }) => toHttp.eventType(eventType as Json)),
  listEventTypeVersions: rpc(CATALOG, 'ListEventTypeVersions', name, toHttp.page('versions', toHttp.eventTypeVersion)),
  putEventType: rpc(
    CATALOG,
    'PutEventType',
    (asked) => ({ ...name(asked), eventType: toRpc.eventType(asked.body ?? {}) }),
    ({ eventType }) => toHttp.eventType(eventType as Json),
  ),
  deleteEventType: rpc(CATALOG, 'DeleteEventType', name),
  testFilter: rpc(
    CATALOG,
    'TestFilter',
    ({ body = {} }) => toRpc.filterTest(body),
    ({ matches = false }) => ({ matches }),
  ),
  createAccount: rpc(
    ACCOUNTS,
    'CreateAccount',
    ({ body = {} }) => toRpc.withoutNulls(body),
    ({ account: made }) => toHttp.account(made as Json),
  ),
  listAccounts: rpc(ACCOUNTS, 'ListAccounts', ({ query = {} }) => toRpc.query(query), toHttp.page('accounts', toHttp.account)),
  getAccount: rpc(ACCOUNTS, 'GetAccount', id, ({ account: found }) => toHttp.account(found as Json)),
  updateAccount: rpc(
    ACCOUNTS,
    'UpdateAccount',
    (asked) => ({ ...id(asked), ...toRpc.patch(asked.body ?? {}) }),
    ({ account: changed }) => toHttp.account(changed as Json),
  ),
  deleteAccount: rpc(ACCOUNTS, 'DeleteAccount', id),
  createApiKey: rpc(ACCOUNTS, 'CreateApiKey', (asked) => ({ accountId: asked.id, ...toRpc.apiKey(asked.body ?? {}) }), toHttp.apiKey),
  listApiKeys: rpc(
    ACCOUNTS,
    'ListApiKeys',
    (asked) => ({ accountId: asked.id, ...toRpc.query(asked.query ?? {}) }),
    toHttp.page('apiKeys', (row) => toHttp.apiKey({ apiKey: row })),
  ),
  getApiKey: rpc(ACCOUNTS, 'GetApiKey', keyed, toHttp.apiKey),
  updateApiKey: rpc(
    ACCOUNTS,
    'UpdateApiKey',
    (asked) => ({ ...keyed(asked), ...toRpc.patch(toRpc.apiKey(asked.body ?? {})) }),
    toHttp.apiKey,
  ),
  rotateApiKey: rpc(ACCOUNTS, 'RotateApiKey', (asked) => ({ ...keyed(asked), ...asked.body }), toHttp.apiKey),
  revokeApiKey: rpc(ACCOUNTS, 'RevokeApiKey', keyed),
  listAuditEntries: rpc(ACCOUNTS, 'ListAuditEntries', ({ query = {} }) => toRpc.query(query), toHttp.page('entries', toHttp.auditEntry)),
  ...OPERATOR_RPC,
  ...HISTORY_RPC,
};
