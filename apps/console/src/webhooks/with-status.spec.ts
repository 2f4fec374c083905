import { describe, expect, it } from 'vitest';
import { aWebhook } from '../webhook-form/testing-support/a-webhook';
import { withStatus } from './with-status';

const [one, other] = [aWebhook({ id: 'wh_1', status: 'enabled' }), aWebhook({ id: 'wh_2', status: 'enabled' })];
const off = { ...one, status: 'disabled', disabledReason: 'manual', disabledAt: expect.any(String) as string };

describe('a status that is changed at once', () => {
  it('changes wherever the webhook is remembered: alone, among some, in a page of the list', () => {
    expect(withStatus(one, 'wh_1', 'disabled')).toEqual(off);
    expect(withStatus([one, other], 'wh_1', 'disabled')).toEqual([off, other]);
    expect(withStatus({ data: [other, one], nextCursor: 'c' }, 'wh_1', 'disabled')).toEqual({ data: [other, off], nextCursor: 'c' });
  });

  it.each([other, [other], { data: [other], nextCursor: null }, { data: [], nextCursor: null }, [], null, undefined])(
    'leaves what is of others as it is: %j',
    (known) => expect(withStatus(known, 'wh_1', 'disabled')).toBe(known),
  );
});
