import { uniqueName } from '#libs/testing';
import { PROBE } from './endpoints.js';
import type { PlannedEvent, PlannedWebhook } from './scenario.js';

/** An event as an upstream service writes it: a CloudEvent in binary mode. */
export function eventRecord(event: PlannedEvent) {
  return {
    key: event.key,
    value: event.data,
    headers: {
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_source: '/invariants',
      ce_type: event.type,
      ce_accountid: event.accountId,
      ...(event.channelId === null ? {} : { ce_channelid: event.channelId }),
    },
  };
}

/** Events that these webhooks take, one for each. */
export function probesFor(webhooks: readonly PlannedWebhook[]): PlannedEvent[] {
  return webhooks.map(({ events, accountId, channelId }) => {
    const wanted = events[0]!;
    const type = wanted === '*' || wanted === 'orders:*' ? 'order_created' : wanted === 'tickets:*' ? 'ticket.closed' : wanted;
    return {
      id: uniqueName(PROBE),
      topic: type.startsWith('order') ? 'orders' : 'tickets',
      type,
      accountId,
      channelId,
      key: '',
      data: '{}',
    };
  });
}
