import type { EventModule, EventType } from '../../api';

const UPDATED_AT = '2026-11-20T00:00:00Z';

function type(module: string, name: string, label: string, combines: string[] = []): EventType {
  const common = {
    updatedAt: UPDATED_AT,
    origin: 'shipped',
    version: 1,
    schemaCheck: 'off',
    deprecated: null,
    subscribers: 0,
    volume7d: 0,
  } as const;
  return { ...common, name, module, label, description: `${label}.`, combines, redact: [], schema: {}, sample: { of: name } };
}

const types = [
  type('messages', 'MESSAGE_RECEIVED', 'Message received'),
  type('messages', 'RECEIVED_STATUS', 'Received and status', ['MESSAGE_RECEIVED', 'MESSAGE_STATUS']),
  type('messages', 'MESSAGE_STATUS', 'Message status'),
  type('messages', 'PRESENCE_CHAT', 'Presence in a chat'),
  type('orders', 'order_created', 'Order created'),
  type('orders', 'order_updated', 'Order updated'),
];

function module(name: string, label: string): EventModule {
  const eventTypes = types.filter((each) => each.module === name).map((each) => each.name);
  return { name, label, topic: name, eventTypes, updatedAt: UPDATED_AT };
}

/** Two modules and one combined type. */
export const aCatalog = { modules: [module('messages', 'Messages'), module('orders', 'Orders')], types };
