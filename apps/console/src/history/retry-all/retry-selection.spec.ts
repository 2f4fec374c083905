import { describe, expect, it } from 'vitest';
import { asksForAttempt, redeliveryRequest, selectionOf } from './retry-selection';

const NOW = '2026-11-21T10:00:00.000Z';

describe('what “Retry all matching” sends', () => {
  it('is all that did not arrive, unless a filter says otherwise', () => {
    expect(redeliveryRequest(selectionOf({}), NOW)).toEqual({
      since: '1970-01-01T00:00:00.000Z',
      until: NOW,
      statuses: ['failed', 'discarded', 'missed'],
    });
  });

  it('follows the filters for status, event and time', () => {
    const selection = selectionOf({ status: 'failed', event: 'order_created', range: '1h' }, Date.parse(NOW));
    expect(redeliveryRequest(selection, NOW)).toEqual({
      since: '2026-11-21T09:00:00.000Z',
      until: NOW,
      statuses: ['failed'],
      eventTypes: ['order_created'],
    });
  });

  it('follows all the others too, and knows which of them ask for an attempt', () => {
    const { narrowing } = selectionOf({ code: '5xx', errorClass: 'connection', trigger: 'retry', deliveryId: 'd', eventId: 'e' });
    expect(redeliveryRequest({ ...selectionOf({}), narrowing }, NOW)).toMatchObject({
      ...{ code: '5xx', errorClass: ['dns', 'connect', 'tls', 'reset', 'protocol'], trigger: ['retry'] },
      ...{ deliveryId: 'd', eventId: 'e' },
    });
    expect([narrowing, { deliveryId: 'd', eventId: 'e' }, {}].map(asksForAttempt)).toEqual([true, false, false]);
  });

  it('is not narrowed by leaving out tests, which are never retried', () => {
    expect(selectionOf({ trigger: 'not-test' }).narrowing).toEqual({});
  });
});
