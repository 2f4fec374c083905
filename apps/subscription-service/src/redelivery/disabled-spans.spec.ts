import { describe, expect, it } from '@jest/globals';
import { disabledSpans } from './disabled-spans.js';

const at = (second: number, type: string, data: object = {}) => ({
  type: `webhook.${type}`,
  data,
  occurredAt: new Date(second * 1000).toISOString(),
});
const span = (from: number, to: number) => ({ from: from * 1000, to: to * 1000 });

describe('when a webhook was disabled', () => {
  const events = [
    at(100, 'created', { status: 'enabled' }),
    at(200, 'disabled'),
    at(250, 'updated'),
    at(300, 'enabled'),
    at(400, 'disabled'),
  ];

  it('is from each disabling to its enabling, and a little longer', () => {
    expect(disabledSpans(events, 0, 1_000_000)).toEqual([span(200, 305), span(400, 1000)]);
  });

  it('is cut to what is asked for', () => {
    expect(disabledSpans(events, 250_000, 260_000)).toEqual([span(250, 260)]);
    expect(disabledSpans(events, 310_000, 390_000)).toEqual([]);
  });

  it('begins with a webhook that was created so, and not before there was one', () => {
    expect(disabledSpans([at(100, 'created', { status: 'disabled' }), at(200, 'enabled')], 0, 1_000_000)).toEqual([span(100, 205)]);
  });
});
