import { describe, expect, it } from 'vitest';
import { emptyForm, pairRow, type WebhookFormValues } from '../form-values';
import { sampleEvent } from './preview-event';
import { BLANKS, requestPreview } from './request-preview';

const event = sampleEvent('order_created', { total: 1.5 });

function preview(given: Partial<WebhookFormValues>) {
  return requestPreview({ ...emptyForm(), url: 'https://example.com/hooks', ...given }, event);
}

function header(given: Partial<WebhookFormValues>, name: string): string | undefined {
  return preview(given).headers.find((each) => each.name === name)?.value;
}

describe('the preview of a request', () => {
  it('sends the headers in the order of the contract, those of the webhook after the own ones', () => {
    const auth = { ...emptyForm().auth, type: 'BEARER' as const, token: 't0ken' };
    expect(preview({ auth, headers: [pairRow('X-Env', 'prod')] }).headers.map(({ name }) => name)).toEqual([
      ...['content-type', 'user-agent', 'webhook-id', 'webhook-timestamp', 'x-hookstream-event', 'x-hookstream-delivery'],
      ...['x-hookstream-attempt', 'traceparent', 'authorization', 'X-Env', 'webhook-signature', 'x-hookstream-signature'],
    ]);
  });

  it('carries no body with GET and puts the event into the query, behind what is there', () => {
    const { body, url, headers } = preview({ method: 'GET', url: 'https://example.com/hooks?a=1' });
    expect(body).toBeNull();
    expect(url).toBe(`https://example.com/hooks?a=1&event_id=${event.id}&event_type=order_created&event_time=2026-11-20T12%3A00%3A00.000Z`);
    expect(headers.some(({ name }) => name === 'content-type')).toBe(false);
  });

  it('has no signature when signing is off', () => {
    expect(header({ signing: false }, 'webhook-signature')).toBeUndefined();
    expect(header({ signing: true }, 'webhook-signature')).toBe(`v1,${BLANKS.made}`);
  });

  it.each([
    ['BEARER', { token: 'abc' }, 'authorization', 'Bearer abc'],
    ['API_KEY', { headerName: 'x-key', apiKey: 'abc' }, 'x-key', 'abc'],
    ['BASIC', { username: 'zoë', password: 'p:w' }, 'authorization', 'Basic em/DqzpwOnc='],
    ['CUSTOM_HEADERS', { headers: [pairRow('x-a', '1')] }, 'x-a', '1'],
  ] as const)('shows what %s adds', (type, given, name, value) => {
    const auth = { ...emptyForm().auth, type, ...given } as WebhookFormValues['auth'];
    expect(header({ auth }, name)).toBe(value);
  });

  it('shows kept credentials as blanks', () => {
    const auth = { ...emptyForm().auth, type: 'BEARER' as const, keep: true };
    expect(header({ auth }, 'authorization')).toBe(`Bearer ${BLANKS.hidden}`);
  });
});
