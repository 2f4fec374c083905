import { describe, expect, it } from 'vitest';
import { isWiderThan, redeliveryRequest, selectionOf } from './retry-selection';

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

  it('says when there are filters that it does not follow', () => {
    expect(isWiderThan({ status: 'failed', event: 'a', range: '7d' })).toBe(false);
    expect(isWiderThan({ code: '503' })).toBe(true);
  });
});
