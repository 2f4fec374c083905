import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { AUTH_TYPES, HTTP_METHODS, type AuthCredentials, type AuthType } from '#libs/contracts';
import { SigningKey, whsecForm } from '#libs/signing';
import { aDeliveryRequest, anEvent } from '#libs/testing';
import { webhookHeaders } from '../webhooks/index.js';
import { webhookRequest, type RequestParts, type WebhookRequest } from './webhook-request.js';

const NOW = 1_763_700_000_123;
const SECRET = 'a'.repeat(64);
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const BODY = Buffer.from('{"total":12345678901234567890,"price":1.10}');

const CREDENTIALS: Record<AuthType, AuthCredentials> = {
  NONE: { type: 'NONE' },
  BEARER: { type: 'BEARER', token: 'tok-1' },
  API_KEY: { type: 'API_KEY', headerName: 'x-api-key', key: 'key-1' },
  BASIC: { type: 'BASIC', username: 'user', password: 'pässword' },
  CUSTOM_HEADERS: { type: 'CUSTOM_HEADERS', headers: { 'X-One': '1', 'X-Two': '2' } },
};
const AUTH_LINES: Record<AuthType, string[]> = {
  NONE: [],
  BEARER: ['authorization: Bearer tok-1'],
  API_KEY: ['x-api-key: key-1'],
  BASIC: ['authorization: Basic dXNlcjpww6Rzc3dvcmQ='],
  CUSTOM_HEADERS: ['X-One: 1', 'X-Two: 2'],
};

const event = anEvent({ id: 'evt-1', type: 'order_created', time: '2026-11-20T10:00:00.000Z', traceparent: TRACE });
const delivery = aDeliveryRequest({ deliveryId: 'dlv_1', event });
const parts = (changes: Partial<RequestParts> = {}): RequestParts => ({
  method: 'POST',
  url: 'https://example.com/hooks?team=a%20b',
  headers: [],
  keys: [],
  contentType: 'application/json',
  body: BODY,
  now: NOW,
  userAgent: 'Hookstream/1.2.3',
  ...changes,
});
const lines = ({ headers }: WebhookRequest): string[] => headers.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${headers[i + 1]}`] : []));
const header = (request: WebhookRequest, name: string): string | undefined =>
  lines(request)
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2);

describe.each(HTTP_METHODS)('webhookRequest for %s', (method) => {
  it.each(AUTH_TYPES)('is exactly the request of the contract with auth %s', (type) => {
    const withBody = method === 'POST' || method === 'PUT';
    const headers = webhookHeaders({ 'X-Env': 'prod' }, CREDENTIALS[type]).sent;
    const request = webhookRequest(delivery, parts({ method, headers, body: withBody ? BODY : null }));
    expect(request.method).toBe(method);
    expect(request.body).toBe(withBody ? BODY : null);
    expect(request.url).toBe(
      withBody
        ? 'https://example.com/hooks?team=a%20b'
        : 'https://example.com/hooks?team=a%20b&event_id=evt-1&event_type=order_created&event_time=2026-11-20T10%3A00%3A00.000Z',
    );
    expect(lines(request)).toEqual([
      ...(withBody ? ['content-type: application/json'] : []),
      'user-agent: Hookstream/1.2.3',
      'webhook-id: evt-1',
      'webhook-timestamp: 1763700000',
      'x-hookstream-event: order_created',
      'x-hookstream-delivery: dlv_1',
      'x-hookstream-attempt: 1',
      `traceparent: ${TRACE}`,
      ...AUTH_LINES[type],
      'X-Env: prod',
    ]);
  });

  it('is signed so that the Standard Webhooks library and plain HMAC verify it, an absent body as an empty one', () => {
    const body = method === 'POST' || method === 'PUT' ? BODY : null;
    const now = Date.now();
    const request = webhookRequest(delivery, parts({ method, body, now, keys: [SigningKey.from(SECRET)] }));
    const headers = Object.fromEntries(lines(request).map((line) => line.split(/: (.*)/, 2) as [string, string]));
    const verify = (secret: string) => () => new StandardWebhook(whsecForm(secret)).verify(body ?? '', headers);
    expect(verify(SECRET)).not.toThrow();
    expect(verify('b'.repeat(64))).toThrow('No matching signature found');
    expect(header(request, 'x-hookstream-signature')).toBe(
      `sha256=${createHmac('sha256', SECRET)
        .update(body ?? '')
        .digest('hex')}`,
    );
    expect(
      lines(request)
        .slice(-2)
        .map((line) => line.split(':')[0]),
    ).toEqual(['webhook-signature', 'x-hookstream-signature']);
  });
});

describe('webhookRequest', () => {
  it('signs with both secrets while a rotation overlaps, and plainly with the new one', () => {
    const [fresh, old] = ['b'.repeat(64), SECRET];
    const request = webhookRequest(delivery, parts({ now: Date.now(), keys: [SigningKey.from(fresh), SigningKey.from(old)] }));
    const headers = Object.fromEntries(lines(request).map((line) => line.split(/: (.*)/, 2) as [string, string]));
    for (const secret of [fresh, old]) expect(new StandardWebhook(whsecForm(secret)).verify(BODY, headers)).toBeTruthy();
    expect(header(request, 'webhook-signature')!.split(' ')).toHaveLength(2);
    expect(header(request, 'x-hookstream-signature')).toBe(`sha256=${createHmac('sha256', fresh).update(BODY).digest('hex')}`);
  });

  it('says so on tests, and which attempt it is', () => {
    const test = aDeliveryRequest({ trigger: 'test', attempt: 4, event });
    const request = webhookRequest(test, parts());
    expect([header(request, 'x-hookstream-test'), header(request, 'x-hookstream-attempt')]).toEqual(['true', '4']);
    expect(header(webhookRequest(delivery, parts()), 'x-hookstream-test')).toBeUndefined();
  });

  it('starts a trace where the event brings none, or one that is no W3C trace context', () => {
    for (const traceparent of [undefined, 'nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`]) {
      const request = webhookRequest(aDeliveryRequest({ event: { ...event, traceparent } }), parts());
      expect(header(request, 'traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    }
  });

  it('percent-encodes what a header cannot hold, and signs what it sends', () => {
    const odd = aDeliveryRequest({ event: { ...event, id: 'größe ✓\r\nx: 1\ud800', type: 'a b' } });
    const request = webhookRequest(odd, parts({ now: Date.now(), keys: [SigningKey.from(SECRET)] }));
    expect(header(request, 'webhook-id')).toBe('gr%C3%B6%C3%9Fe%20%E2%9C%93%0D%0Ax:%201%EF%BF%BD');
    const headers = Object.fromEntries(lines(request).map((line) => line.split(/: (.*)/, 2) as [string, string]));
    expect(new StandardWebhook(whsecForm(SECRET)).verify(BODY, headers)).toBeTruthy();
  });

  it.each([
    ['https://example.com/', 'https://example.com/?event_id=a%26b'],
    ['https://example.com/?', 'https://example.com/?event_id=a%26b'],
    ['https://example.com/?x=1', 'https://example.com/?x=1&event_id=a%26b'],
    ['https://example.com/?x=1&', 'https://example.com/?x=1&event_id=a%26b'],
  ])('adds the event to the query of %s', (url, start) => {
    const request = webhookRequest(aDeliveryRequest({ event: { ...event, id: 'a&b' } }), parts({ method: 'GET', url, body: null }));
    expect(request.url.startsWith(`${start}&event_type=order_created&event_time=`)).toBe(true);
    expect(new URL(request.url).searchParams.get('event_id')).toBe('a&b');
  });
});
