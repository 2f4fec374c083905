import { describe, expect, it } from 'vitest';
import { formFaults } from './form-faults';
import { createRequest, isEmptyPatch, patchRequest } from './form-request';
import { duplicateForm, emptyForm, formOf, pairRow, type AuthValues, type WebhookFormValues } from './form-values';
import { aWebhook } from './testing-support/a-webhook';

const filled: WebhookFormValues = { ...emptyForm(), name: 'Billing', url: 'https://example.com/hooks', events: ['order_created'] };
const auth = (given: Partial<AuthValues>): AuthValues => ({ ...emptyForm().auth, ...given });

describe('the body of a new webhook', () => {
  it('says everything that the form shows', () => {
    expect(createRequest(filled)).toEqual({
      name: 'Billing',
      url: 'https://example.com/hooks',
      method: 'POST',
      channelId: null,
      events: ['order_created'],
      filter: null,
      headers: {},
      payloadFormat: 'DEFAULT',
      status: 'enabled',
      notificationType: 'REST',
      retryPolicy: null,
      timeoutMs: 15_000,
      maxInFlight: 10,
      rateLimit: null,
      metadata: {},
      auth: { type: 'NONE' },
      signing: true,
    });
  });

  it.each([
    [auth({ type: 'NONE', token: 'left over' }), { type: 'NONE' }],
    [auth({ type: 'BEARER', token: 't' }), { type: 'BEARER', token: 't' }],
    [auth({ type: 'API_KEY', apiKey: 'k' }), { type: 'API_KEY', headerName: 'x-api-key', key: 'k' }],
    [auth({ type: 'BASIC', username: 'u', password: 'p' }), { type: 'BASIC', username: 'u', password: 'p' }],
    [auth({ type: 'CUSTOM_HEADERS', headers: [pairRow('x-a', '1'), pairRow()] }), { type: 'CUSTOM_HEADERS', headers: { 'x-a': '1' } }],
  ])('has only the credentials of the chosen type', (values, expected) => {
    expect(createRequest({ ...filled, auth: values }).auth).toEqual(expected);
  });

  it('has a secret only when it is the owner’s own and signing is on', () => {
    const own = { ...filled, secretSource: 'own', secret: 'a-secret-of-my-own' } as const;
    expect(createRequest(own).secret).toBe('a-secret-of-my-own');
    expect(createRequest({ ...own, signing: false })).not.toHaveProperty('secret');
    expect(createRequest(filled)).not.toHaveProperty('secret');
  });

  it('tells apart no retries, the deployment’s and its own', () => {
    const policy = (given: Partial<WebhookFormValues>) => createRequest({ ...filled, ...given }).retryPolicy;
    expect(policy({ scheduleSource: 'none' })).toEqual({ schedule: [], finalStatuses: [] });
    expect(policy({ scheduleSource: 'default', finalStatuses: ['404'] })).toEqual({ schedule: null, finalStatuses: [404] });
    expect(policy({ scheduleSource: 'own', schedule: ['5s', '1m'] })).toEqual({ schedule: ['5s', '1m'], finalStatuses: [] });
  });
});

describe('the patch of a webhook', () => {
  const webhooks = [
    aWebhook(),
    aWebhook({ auth: { type: 'BEARER' } }),
    aWebhook({ auth: { type: 'API_KEY', headerName: 'x-key' } }),
    aWebhook({ auth: { type: 'BASIC' } }),
    aWebhook({ auth: { type: 'CUSTOM_HEADERS', headerNames: ['x-a'] } }),
    aWebhook({ signing: false, channelId: 'ch_7', headers: { 'X-Env': 'prod' }, metadata: { team: 'a' }, rateLimit: { perSecond: 5 } }),
    aWebhook({ retryPolicy: { schedule: ['5s'], finalStatuses: [404] }, filter: 'data.total > 1', status: 'disabled' }),
  ];

  it.each(webhooks)('is empty when the form was left alone, whatever the webhook', (webhook) => {
    expect(formFaults(formOf(webhook))).toEqual({});
    expect(isEmptyPatch(patchRequest(formOf(webhook), webhook))).toBe(true);
  });

  it('has only what changed', () => {
    const webhook = aWebhook({ headers: { 'X-Env': 'prod', 'X-Old': '1' } });
    const values = { ...formOf(webhook), name: 'Orders', enabled: false, headers: [pairRow('X-Env', 'test'), pairRow('X-New', '2')] };
    expect(patchRequest(values, webhook)).toEqual({
      name: 'Orders',
      status: 'disabled',
      headers: { 'X-Env': 'test', 'X-New': '2', 'X-Old': null },
    });
  });

  it('replaces credentials as a whole when they are not kept', () => {
    const webhook = aWebhook({ auth: { type: 'BEARER' } });
    const values = formOf(webhook);
    expect(patchRequest({ ...values, auth: { ...values.auth, keep: false, token: 'new' } }, webhook)).toEqual({
      auth: { type: 'BEARER', token: 'new' },
    });
    expect(patchRequest({ ...values, auth: auth({ type: 'NONE' }) }, webhook)).toEqual({ auth: { type: 'NONE' } });
  });

  it('leaves the secret alone unless the form says otherwise', () => {
    const signs = aWebhook({ signing: true });
    const silent = aWebhook({ signing: false, hasSecret: false, secretLast4: null });
    const own = { secretSource: 'own', secret: 'a-secret-of-my-own' } as const;
    expect(patchRequest({ ...formOf(signs), signing: false }, signs)).toEqual({ signing: false });
    expect(patchRequest({ ...formOf(signs), ...own }, signs)).toEqual({ secret: 'a-secret-of-my-own' });
    expect(patchRequest({ ...formOf(silent), signing: true }, silent)).toEqual({ signing: true });
    expect(patchRequest({ ...formOf(silent), signing: true, ...own }, silent)).toEqual({ secret: 'a-secret-of-my-own' });
  });
});

describe('a duplicate', () => {
  it('asks for a new name, a new secret and the credentials', () => {
    const form = duplicateForm(aWebhook({ auth: { type: 'BEARER' }, events: ['orders:*'] }), 'Billing (copy)');
    expect(form.name).toBe('Billing (copy)');
    expect(form.events).toEqual(['orders:*']);
    expect(form.secretSource).toBe('generated');
    expect(formFaults(form)).toEqual({ 'auth.token': 'auth.token' });
  });
});
