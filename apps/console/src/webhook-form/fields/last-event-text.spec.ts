import { describe, expect, it } from 'vitest';
import type { PastEventDetail } from '../../api';
import { lastEventText } from './last-event-text';

const event = {
  type: 'order_created',
  channelId: null,
  time: '2026-11-20T12:00:00Z',
  context: null,
  data: '{"total":1}',
} as PastEventDetail;

describe('the last event to try a filter on', () => {
  it('has what a filter can ask for', () => {
    expect(JSON.parse(lastEventText({ ...event, channelId: 'ch_7', context: '{"a":1}' })!)).toEqual({
      type: 'order_created',
      channelId: 'ch_7',
      time: '2026-11-20T12:00:00Z',
      context: { a: 1 },
      data: { total: 1 },
    });
  });

  it.each([null, 'not json'])('is none when its data is %j', (data) => {
    expect(lastEventText({ ...event, data })).toBeUndefined();
  });
});
