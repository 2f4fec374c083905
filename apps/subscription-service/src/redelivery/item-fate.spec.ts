import { describe, expect, it } from '@jest/globals';
import { anEvent } from '#libs/testing';
import { itemFate } from './item-fate.js';
import { nextAttempt, type PastDelivery } from './past-delivery.js';

const NOW = '2026-11-21T09:00:00.000Z';
const past: PastDelivery = {
  ...{ id: 'dlv_1', webhookId: 'wh_1', accountId: 'default', eventId: 'e', test: false, eventKey: 'k', state: 'failed', attempts: 2 },
  ...{ firstAttemptAt: NOW, lastStatusCode: 500, lastErrorClass: 'http_5xx', discardReason: null, endedAt: Date.parse(NOW) },
};
const item = { deliveryId: 'dlv_1', webhookId: 'wh_1', eventKey: 'k', kept: false, ...nextAttempt(past) };
const isNew = { ...item, attempt: 1, wait: 0 };
const kept = { key: 'k', redacted: false, event: anEvent() };

describe('what becomes of a delivery of a redelivery', () => {
  it('it is asked for with what its attempts left behind', () => {
    expect(itemFate(item, past, kept, NOW)).toMatchObject({
      kind: 'send',
      request: {
        ...{ deliveryId: 'dlv_1', webhookId: 'wh_1', attempt: 3, wait: item.wait, trigger: 'redelivery', requestedAt: NOW },
        past: { firstAttemptAt: NOW, lastStatusCode: 500, lastErrorClass: 'http_5xx' },
      },
    });
    expect(itemFate(isNew, undefined, kept, NOW)).toMatchObject({ kind: 'send', request: { attempt: 1, wait: 0, past: null } });
  });

  it.each<[string, Partial<PastDelivery>]>([
    ['was asked for', { state: 'pending' }],
    ['was made', { state: 'succeeded', attempts: 3 }],
    ['was made and failed', { state: 'retrying', attempts: 3 }],
    ['was made and failed for good', { state: 'failed', attempts: 4 }],
  ])('it counts as sent when its attempt %s already', (_, change) => {
    expect(itemFate(item, { ...past, ...change }, kept, NOW)).toEqual({ kind: 'sent' });
  });

  it('it counts as sent when a delivery that there was not is there', () => {
    expect(itemFate(isNew, past, kept, NOW)).toEqual({ kind: 'sent' });
  });

  it('it is passed over when it was cancelled since, or is forgotten', () => {
    const cancelled: PastDelivery = { ...past, state: 'discarded', discardReason: 'cancelled' };
    expect(itemFate(item, cancelled, kept, NOW)).toEqual({ kind: 'skip' });
    expect(itemFate(item, undefined, kept, NOW)).toEqual({ kind: 'skip' });
  });

  it('it is passed over when its data is gone or not what was published', () => {
    expect(itemFate(item, past, undefined, NOW)).toEqual({ kind: 'skip' });
    expect(itemFate(item, past, { ...kept, redacted: true }, NOW)).toEqual({ kind: 'skip' });
  });
});
