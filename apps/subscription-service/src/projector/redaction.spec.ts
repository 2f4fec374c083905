import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { PointerRedaction } from './pointer-redaction.js';
import { aDeliveryHistory } from './testing-support/a-history.js';

const redaction = new PointerRedaction({
  refresh: () => Promise.resolve(),
  of: (type) => (type === 'order_created' ? ['/customer/email', '/lines/*/note', '/a~1b'] : []),
});
const DATA =
  '{"customer": {"name":"Ann","email":"ann@example.com"},\n "total":1.10, "lines":[{"note":"secret \\"x\\"","n":1},{"n":2}],"a/b":[1,{"c":2}]}';
const WITHOUT =
  '{"customer": {"name":"Ann","email":"[redacted]"},\n "total":1.10, "lines":[{"note":"[redacted]","n":1},{"n":2}],"a/b":"[redacted]"}';

const sent = (body: string, answer = '') => {
  const [attempt] = aDeliveryHistory({ codes: [200], result: 'succeeded' }, { webhookId: newId('wh'), at: 0, body }).attempts;
  const { request, response } = redaction.ofAttempt({ ...attempt!, response: { ...attempt!.response!, body: answer } });
  return { body: request.body, answer: response!.body };
};

describe('redaction', () => {
  it('takes out of data what the pointers name and leaves every other byte', () => {
    const { data, redacted } = redaction.ofData('order_created', Buffer.from(DATA));
    expect([data.toString(), redacted]).toEqual([WITHOUT, true]);
  });

  it('leaves the very bytes of other types, and of data in which nothing is found', () => {
    const data = Buffer.from(DATA);
    expect(redaction.ofData('ticket.created', data)).toEqual({ data, redacted: false });
    const other = Buffer.from('{"customer":null,"lines":"none"}');
    expect(redaction.ofData('order_created', other)).toEqual({ data: other, redacted: false });
  });

  it('takes out members that occur twice, however their names are written', () => {
    const twice = '{"customer":{"email":"a","em\\u0061il":"b"},"customer":{"email":{"x":"}]"}}}';
    const { data } = redaction.ofData('order_created', Buffer.from(twice));
    expect(data.toString()).toBe('{"customer":{"email":"[redacted]","em\\u0061il":"[redacted]"},"customer":{"email":"[redacted]"}}');
  });

  it('finds the data in what was sent, and its values in the answer', () => {
    expect(sent(DATA).body).toBe(WITHOUT);
    const envelope = sent(`{"event_type":"order_created","data":${DATA}}`, '<p>thanks, ann@example.com</p>');
    expect(envelope).toEqual({ body: `{"event_type":"order_created","data":${WITHOUT}}`, answer: '<p>thanks, [redacted]</p>' });
  });

  it('finds what an answer repeats in its headers, and written as JSON', () => {
    const [attempt] = aDeliveryHistory(
      { codes: [200], result: 'succeeded' },
      { webhookId: newId('wh'), at: 0, body: '{"customer":{"email":"a\\"b@example.com"}}' },
    ).attempts;
    const headers = { 'x-echo': 'to a"b@example.com', 'set-cookie': ['m=a"b@example.com', 'n=1'], 'content-type': 'text/html' };
    const { response } = redaction.ofAttempt({
      ...attempt!,
      response: { ...attempt!.response!, headers, body: '{"to":"a\\"b@example.com"}' },
    });
    expect(response).toMatchObject({
      headers: { 'x-echo': 'to [redacted]', 'set-cookie': ['m=[redacted]', 'n=1'], 'content-type': 'text/html' },
      body: '{"to":"[redacted]"}',
    });
  });

  it.each([
    ['XML', '<event><customer><email>ann@example.com</email></customer></event>'],
    ['a body that was cut off', DATA.slice(0, 60)],
    ['a body with names of its own', '{"type":"ReceivedCallback","customer":{"email":"x"},"senderEmail":"ann@example.com"}'],
    ['a body without any of it', '{"mail":"ann@example.com"}'],
  ])('keeps nothing of %s', (_, body) => {
    expect(sent(body, 'ann@example.com')).toEqual({ body: '[redacted]', answer: '[redacted]' });
  });
});
