import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { SigningKey, verifyStandardWebhook } from '#libs/signing';
import { WebhookReceiver } from '#libs/testing';
import { asksBeforeUnload, expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';
import { callTo, REFUSED_TITLE, refuse } from './intercepted.js';
import { WebhookForm } from './webhook-form.js';

interface Listed {
  readonly data: { readonly id: string; readonly name: string; readonly status: string }[];
}

describeConsole('creating a webhook', (test) => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start((_request, response) => response.end('{"thanks":true}'));
  });
  afterAll(() => receiver.close());

  const opened = async (): Promise<[Page, WebhookForm]> => {
    const page = await test().visit('/webhooks/new');
    return [page, new WebhookForm(page)];
  };
  const namesOfAll = async () => (await test().api<Listed>('GET', '/v1/webhooks?limit=100')).data.map(({ name }) => name);
  const requestTo = (path: string) => receiver.requests.find(({ url }) => url === path);

  it('can be done with the keyboard alone, Enter sends no test, and only “I stored it” leaves the secret', async () => {
    const page = await test().visit('/webhooks');
    await page.getByRole('link', { name: 'New Webhook' }).first().click();
    const tabTo = async (isThere: () => boolean) => {
      for (let presses = 0; presses < 30; presses++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(isThere)) return;
      }
      throw new Error(`never reached with Tab: ${isThere.toString()}`);
    };
    await page.getByLabel('Webhook name').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Keyboard');
    await tabTo(() => document.activeElement?.getAttribute('type') === 'url');
    await page.keyboard.type(receiver.url('/keyboard'));
    await tabTo(() => document.activeElement?.getAttribute('aria-label') === 'Search events');
    await page.keyboard.type('order_created');
    await tabTo(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent?.includes('order_created') === true);
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    const stored = page.getByRole('button', { name: 'I stored it' });
    await stored.waitFor();
    expect(
      await page
        .getByRole('dialog')
        .getByText(/^(Queued|Success)/)
        .count(),
    ).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+K');
    await expectAccessible(page);
    expect([await stored.isVisible(), await page.getByRole('dialog').count(), await asksBeforeUnload(page)]).toEqual([true, 1, true]);
    await page.evaluate(() => history.back());
    await page.getByRole('dialog', { name: 'Leave without storing the secret of Keyboard?' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Leave without it' }).waitFor({ state: 'hidden' });
    await tabTo(() => document.activeElement?.textContent === 'I stored it');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Keyboard' }).waitFor();
  });

  it('previews what this deployment sends, and when it tries again', async () => {
    const [page] = await opened();
    await page.getByText('4 attempts over 32 s').waitFor();
    await page.getByText(/^Hookstream\/\d+\.\d+\.\d+$/).waitFor();
  });

  it('shows a secret that verifies what is sent from then on', async () => {
    const [page, form] = await opened();
    await form.fill({ name: 'Signed', url: receiver.url('/signed'), event: 'order_created' });
    await form.press('Create and send test');
    await page.getByText(/^Success: 200/).waitFor();
    const secret = await form.storeSecret();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    await page.getByRole('heading', { level: 1, name: 'Signed' }).waitFor();
    const { headers, body } = requestTo('/signed')!;
    const received = {
      id: String(headers['webhook-id']),
      timestamp: String(headers['webhook-timestamp']),
      signature: String(headers['webhook-signature']),
      body,
    };
    expect(verifyStandardWebhook([SigningKey.from(secret)], received, Date.now() / 1000)).toBe('verified');
    expect(headers['x-hookstream-test']).toBe('true');
  });

  it.each([
    ['None', async () => {}, {}],
    ['Bearer token', (page: Page) => page.getByLabel('Token').fill('t0ken'), { authorization: 'Bearer t0ken' }],
    ['API key', (page: Page) => page.getByRole('textbox', { name: 'API key' }).fill('k3y'), { 'x-api-key': 'k3y' }],
    [
      'Basic (user and password)',
      async (page: Page) => {
        await page.getByLabel('User name').fill('ann');
        await page.getByRole('textbox', { name: 'Password' }).fill('p:w');
      },
      { authorization: `Basic ${Buffer.from('ann:p:w').toString('base64')}` },
    ],
    [
      'Custom headers',
      async (page: Page) => {
        await page.getByRole('button', { name: 'Add header' }).first().click();
        await page.getByLabel('Name of header 1').fill('X-Custom');
        await page.getByLabel('Value of header 1').fill('secret value');
      },
      { 'x-custom': 'secret value' },
    ],
  ] as const)('with the authentication “%s” sends just that', async (type, fill, expected) => {
    const path = `/auth/${type.slice(0, 3)}`;
    const [page, form] = await opened();
    await form.fill({ name: `Auth ${type}`, url: receiver.url(path), event: 'order_created' });
    await form.choose('Type', type);
    await fill(page);
    await form.press('Create and send test');
    await page.getByText(/^Success: 200/).waitFor();
    await form.storeSecret();
    const { headers } = requestTo(path)!;
    expect(headers).toMatchObject(expected);
    if (type === 'None') expect(headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['Default', '"event": "order_created"', 'application/json', '{"id":'],
    ['Envelope', '"current_context": null', 'application/json', '{"event_time":'],
    ['Standard Webhooks', '"timestamp":', 'application/json', '{"type":"order_created"'],
    ['CloudEvents', '"specversion": "1.0"', 'application/cloudevents+json', '{"specversion":"1.0"'],
    ['Raw data', '"order', 'application/json', '{'],
    ['XML', '<event id=', 'application/xml', '<?xml version="1.0"'],
    ['Z-API compatible', '"event": "order_created"', 'application/json', '{"id":'],
  ])('in the format “%s” previews what is then sent', async (format, previewed, contentType, begin) => {
    const path = `/format/${format.slice(0, 3)}`;
    const [page, form] = await opened();
    await form.fill({ name: `Format ${format}`, url: receiver.url(path), event: 'order_created' });
    await form.choose('Payload format', format);
    await form.preview().getByText(previewed).first().waitFor();
    await form.press('Create');
    await form.storeSecret();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await test().publishUntil('order_created', async () => requestTo(path) !== undefined, { orderId: '1' });
    const { headers, body } = requestTo(path)!;
    expect([headers['content-type'], body.toString().slice(0, begin.length)]).toEqual([contentType, begin]);
  });

  it('takes combined types, whole modules and everything', async () => {
    const [page, form] = await opened();
    await form.fill({ name: 'Many', url: receiver.url('/many') });
    await form.tick('RECEIVED_STATUS');
    await page.getByLabel('Search events').fill('');
    await page.getByText('Included in RECEIVED_STATUS').first().waitFor();
    await page.getByRole('checkbox', { name: /^Orders/ }).check();
    await page.getByText('orders:*').first().waitFor();
    await form.press('Create');
    await form.storeSecret();
    const { data } = await test().api<{ data: { name: string; events: string[] }[] }>('GET', '/v1/webhooks?q=Many');
    expect(data[0]!.events).toEqual(['RECEIVED_STATUS', 'orders:*']);

    await page.goto(new URL('/webhooks/new', page.url()).href);
    await form.fill({ name: 'All', url: receiver.url('/all') });
    await page.getByRole('checkbox', { name: 'All events' }).check();
    await form.press('Create');
    await form.storeSecret();
    expect((await test().api<{ data: { events: string[] }[] }>('GET', '/v1/webhooks?q=All')).data[0]!.events).toEqual(['*']);
  });

  it('takes a secret of one’s own and tells nothing of it where it is not signed', async () => {
    const [page, form] = await opened();
    await form.fill({ name: 'Own secret', url: receiver.url('/own'), event: 'order_created' });
    await page.getByLabel('Use my own').check();
    await page.getByLabel('Your secret').fill('short');
    await form.press('Create');
    await page.getByText('A secret has 16 to 128 characters').waitFor();
    await page.getByLabel('Your secret').fill('a secret of my very own');
    await form.press('Create');
    expect(await form.storeSecret()).toBe('a secret of my very own');

    await page.goto(new URL('/webhooks/new', page.url()).href);
    await form.fill({ name: 'Unsigned', url: receiver.url('/unsigned'), event: 'order_created' });
    await page.getByRole('switch', { name: /Sign every request/ }).uncheck();
    await form.press('Create');
    await page.getByRole('heading', { level: 1, name: 'Unsigned' }).waitFor();
  });

  it('says at once what is missing, and which header cannot be set', async () => {
    const [page, form] = await opened();
    await form.press('Create');
    expect(await form.faults()).toMatchObject({ name: 'Give the webhook a name', url: 'Enter the URL that requests go to' });
    await page.getByText('Choose at least one event').waitFor();
    await page.getByRole('button', { name: 'Add header' }).click();
    await page.getByLabel('Name of header 1').fill('Content-Type');
    await page.getByText('This header belongs to the request itself and cannot be set').waitFor();
    await expectAccessible(page);
  });

  it('puts what the server refuses on its field: the address, then the name', async () => {
    await test().createWebhook({ name: 'Taken' });
    const [page, form] = await opened();
    await form.fill({ name: 'Taken', url: 'http://169.254.169.254/latest', event: 'order_created' });
    await form.press('Create');
    expect(await form.faults()).toEqual({ url: '169.254.169.254 is a metadata address' });
    await form.fill({ url: receiver.url('/taken') });
    await form.press('Create');
    await page.getByText('Another webhook of the account has this name').waitFor();
    expect(Object.keys(await form.faults())).toEqual(['name']);
  });

  it('asks before Cancel or signing out throws something away, and saves nothing', async () => {
    const before = await namesOfAll();
    const [page, form] = await opened();
    await form.fill({ name: 'Never', url: receiver.url('/never'), event: 'order_created' });
    await form.press('Cancel');
    await page.getByRole('button', { name: 'Keep editing' }).click();
    expect(await page.getByLabel('Webhook name').inputValue()).toBe('Never');
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('dialog', { name: 'Discard the new webhook?' }).getByRole('button', { name: 'Keep editing' }).click();
    expect(await page.getByLabel('Webhook name').inputValue()).toBe('Never');
    await form.press('Cancel');
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    expect(await namesOfAll()).toEqual(before);
  });

  it('leaves an untouched form without a question', async () => {
    const [page, form] = await opened();
    await form.press('Cancel');
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
  });

  it('tries a filter on a sample or on the last event, and says where it is faulty', async () => {
    const [page, form] = await opened();
    await form.tick('order_created');
    await page.getByLabel('Expression').fill('type == "order_created"');
    await form.press('Test filter');
    const matches = page.getByText('Matches: the event is sent');
    await matches.waitFor();
    await page.getByLabel('Expression').fill('data.orderId == "last"');
    await matches.waitFor({ state: 'hidden' });
    const lastId = async () => (await test().api<{ data: { id: string }[] }>('GET', '/v1/events?type=order_created&limit=1')).data[0]?.id;
    await test().publishUntil('order_created', async (id) => (await lastId()) === id, { orderId: 'last' });
    await form.press('Test on the last event');
    await matches.waitFor();
    await page.getByLabel('Event to try the filter on, as JSON').fill('{"type": "order_created", "data": {}}');
    await matches.waitFor({ state: 'hidden' });
    await page.route(callTo(/^\/v1\/events$/), refuse);
    await form.press('Test on the last event');
    await page.getByRole('alert').getByText(REFUSED_TITLE).waitFor();
    await page.getByLabel('Expression').fill('type ==');
    await form.press('Test filter');
    await page
      .getByText(/line 1, column/)
      .first()
      .waitFor();
  });
});
