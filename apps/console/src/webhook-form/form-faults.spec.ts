import { describe, expect, it } from 'vitest';
import { formFaults } from './form-faults';
import { emptyForm, pairRow, type WebhookFormValues } from './form-values';
import { placeFaults } from './server-faults';

const good: WebhookFormValues = { ...emptyForm(), name: 'Billing', url: 'https://example.com/hooks', events: ['order_created'] };
const faults = (given: Partial<WebhookFormValues>) => formFaults({ ...good, ...given });

describe('what is wrong with a form', () => {
  it('is nothing when name, URL and events are there', () => {
    expect(formFaults(good)).toEqual({});
  });

  it('is each of the three that must be there', () => {
    expect(formFaults(emptyForm())).toEqual({ name: 'name.required', url: 'url.required', events: 'events.required' });
  });

  it.each([
    ['example.com/hooks', 'url.form'],
    ['ftp://example.com', 'url.scheme'],
    ['https://u:p@example.com', 'url.credentials'],
  ])('tells why the URL %s cannot be', (url, fault) => {
    expect(faults({ url })).toEqual({ url: fault });
  });

  it.each([
    ['Content-Type', '1', { 'headers.0.name': 'header.reserved' }],
    ['x_forwarded_for', '1', { 'headers.0.name': 'header.reserved' }],
    ['Webhook-Id', '1', { 'headers.0.name': 'header.reserved' }],
    ['x env', '1', { 'headers.0.name': 'header.name' }],
    ['', 'value without a name', { 'headers.0.name': 'header.name' }],
    ['X-Env', 'späte Stunde', { 'headers.0.value': 'header.value' }],
    ['', '', {}],
    ['Authorization', 'Bearer x', {}],
  ])('tells of the header %j: %j', (name, value, expected) => {
    expect(faults({ headers: [pairRow(name, value)] })).toEqual(expected);
  });

  it('names a header that is there twice, in any case', () => {
    expect(faults({ headers: [pairRow('X-Env', '1'), pairRow('x-env', '2')] })).toEqual({ 'headers.1.name': 'header.duplicate' });
  });

  it('refuses a custom header of the authentication without its value, as a copy of stored ones has none', () => {
    const auth = { ...emptyForm().auth, type: 'CUSTOM_HEADERS' as const, headers: [pairRow('X-Key'), pairRow('X-Id', '7'), pairRow()] };
    expect(faults({ auth })).toEqual({ 'auth.headers.0.value': 'auth.value' });
    expect(faults({ auth: { ...auth, keep: true } })).toEqual({});
  });

  it('refuses a note that would be lost: without a key, or under one that is there twice', () => {
    expect(faults({ metadata: [pairRow('', 'text'), pairRow(), pairRow('team', 'a'), pairRow(' team', 'b')] })).toEqual({
      'metadata.0.name': 'metadata.key',
      'metadata.3.name': 'metadata.duplicate',
    });
  });

  it('needs delays that can be read, of at most a week', () => {
    expect(faults({ scheduleSource: 'own', schedule: [] })).toEqual({ schedule: 'schedule.required' });
    expect(faults({ scheduleSource: 'own', schedule: ['5 minutes'] })).toEqual({ schedule: 'schedule.form' });
    expect(faults({ scheduleSource: 'own', schedule: ['8d'] })).toEqual({ schedule: 'schedule.range' });
    expect(faults({ scheduleSource: 'default', schedule: ['nonsense'] })).toEqual({});
  });

  it('needs an own secret of 16 to 128 characters', () => {
    expect(faults({ secretSource: 'own', secret: 'short' })).toEqual({ secret: 'secret.length' });
    expect(faults({ secretSource: 'own', secret: ' sixteen characters ' })).toEqual({ secret: 'secret.characters' });
    expect(faults({ signing: false, secretSource: 'own', secret: 'short' })).toEqual({});
  });
});

describe('what the server refused', () => {
  const values = { ...good, headers: [pairRow('X-Env', 'a'), pairRow('x.y', 'b')] };
  const placed = (field: string) => placeFaults([{ field, rule: 'r', message: 'no' }], values).fields;

  it.each([
    ['url', 'url'],
    ['events[3]', 'events'],
    ['timeoutMs', 'timeoutSeconds'],
    ['auth.key', 'auth.apiKey'],
    ['retryPolicy.schedule[1]', 'schedule'],
    ['rateLimit.perSecond', 'rateLimit'],
    ['headers.x.y', 'headers.1.name'],
    ['headers.gone', 'headers'],
  ])('lands from %s on %s', (field, expected) => {
    expect(placed(field)).toEqual({ [expected]: 'no' });
  });

  it('is kept apart when no field of the form holds it', () => {
    expect(placeFaults([{ field: 'unheardOf', rule: 'r', message: 'no' }], values)).toEqual({ fields: {}, others: ['unheardOf: no'] });
  });
});
