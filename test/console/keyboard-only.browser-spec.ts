import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { eventually, TestKafka, uniqueName, WebhookReceiver } from '#libs/testing';
import { describeConsole } from './console-test.js';
import { pressByKeyboard, tabTo } from './keyboard.js';
import { BROKERS, callApi } from './system.js';

interface Rows {
  readonly data: readonly { readonly id: string; readonly deliveryId: string; readonly trigger: string }[];
}

interface Letters {
  readonly data: readonly { readonly id: string; readonly status: string; readonly preview: string | null }[];
}

describeConsole('everything that a mouse can do, by keyboard:', (test) => {
  let receiver: WebhookReceiver;
  let kafka: TestKafka;
  let webhookId: string;
  const attempts = async () => (await test().api<Rows>('GET', `/v1/webhooks/${webhookId}/attempts`)).data;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    kafka = new TestKafka([...BROKERS]);
    ({ id: webhookId } = await test().createWebhook({ name: 'By keyboard', url: receiver.url('/keys') }));
    await test().publishUntil('order_created', async (id) => {
      return (await test().api<Rows>('GET', `/v1/webhooks/${webhookId}/attempts?eventId=${id}`)).data.length > 0;
    });
    // The newest row is one that cannot be redelivered.
    await test().api('POST', `/v1/webhooks/${webhookId}/test`);
    await eventually(async () => (await attempts())[0]?.trigger === 'test');
  });
  afterAll(() => Promise.all([receiver?.close(), kafka?.close()]));

  const focusedRow = (page: Page) => page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row') ?? null);

  it('from the list to the history, its details, and a redelivery', async () => {
    const page = await test().visit('/webhooks');
    await page.locator('[data-row]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'By keyboard' }).waitFor();
    await pressByKeyboard(
      page,
      page.getByRole('navigation', { name: 'Parts of this webhook' }).getByRole('link', { name: 'Webhook History' }),
    );
    await page.waitForURL('**/history**');
    await page.getByRole('columnheader', { name: 'Delivery Details' }).waitFor();
    await page.locator('tbody [data-row]').first().waitFor();

    // Neither without a row, nor on one that cannot be redelivered, is it the turn of another one.
    const redelivered: string[] = [];
    page.on('request', (request) => {
      const [, id] = /\/deliveries\/([^/]+)\/redeliver$/.exec(request.url()) ?? [];
      if (id) redelivered.push(id);
    });
    await page.keyboard.press('r');
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    await page.keyboard.press('j');
    const row = await focusedRow(page);
    const { deliveryId } = (await attempts()).find(({ id }) => id === row)!;
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await tabTo(page, drawer.getByRole('tab', { name: 'Payload' }));
    await page.keyboard.press('ArrowRight');
    await drawer.getByRole('tab', { name: 'Headers', selected: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await drawer.getByRole('tab', { name: 'Response', selected: true }).waitFor();
    const before = receiver.requests.length;
    await page.keyboard.press('r');
    await eventually(() => Promise.resolve(receiver.requests.length > before));
    expect(redelivered).toEqual([deliveryId]);
    await page.keyboard.press('c');
    await eventually(async () => (await page.evaluate(() => navigator.clipboard.readText())) === deliveryId);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await focusedRow(page)).toBe(row);
  });

  it('a webhook switched off and on', async () => {
    const page = await test().visit(`/webhooks/${webhookId}`);
    const status = async () => (await test().api<{ status: string }>('GET', `/v1/webhooks/${webhookId}`)).status;
    for (const wanted of ['disabled', 'enabled']) {
      await tabTo(page, page.getByRole('switch', { name: /By keyboard/ }));
      await page.keyboard.press('Space');
      await eventually(async () => (await status()) === wanted);
      await page.getByRole('switch', { name: /By keyboard/, checked: wanted === 'enabled' }).waitFor();
    }
  });

  it('the menu of a webhook, and out of it again', async () => {
    const page = await test().visit('/webhooks');
    const menu = page.getByRole('button', { name: 'Actions for By keyboard' });
    await pressByKeyboard(page, menu);
    await page.getByRole('menuitem').first().waitFor();
    // The menu takes the focus when it has opened.
    await eventually(async () => {
      await page.keyboard.press('ArrowDown');
      return page.evaluate(() => document.activeElement?.getAttribute('role') === 'menuitem');
    });
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Deleting a webhook is permanent and cannot be undone.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(() => menu.evaluate((element) => element === document.activeElement));
  });

  it('the bars of a chart, as numbers of its table', async () => {
    const page = await test().visit(`/?webhookId=${webhookId}`);
    await pressByKeyboard(page, page.getByRole('button', { name: 'Attempts by outcome as a table' }));
    const number = page.getByRole('table', { name: 'Attempts by outcome: numbers' }).getByRole('link').first();
    await pressByKeyboard(page, number);
    await page.waitForURL(`**/webhooks/${webhookId}/history**`);
  });

  it('an API key made, stored and revoked', async () => {
    const name = uniqueName('Key by keyboard');
    const page = await test().visit('/developers', { as: 'admin' });
    const newKey = page.getByRole('button', { name: 'New API key' });
    const isFocused = (element: Locator) => element.evaluate((one) => one === document.activeElement);
    await pressByKeyboard(page, newKey);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(() => isFocused(newKey));
    await pressByKeyboard(page, newKey);
    await tabTo(page, page.getByRole('dialog').getByLabel('Name'));
    await page.keyboard.type(name);
    await pressByKeyboard(page, page.getByRole('button', { name: 'Create key' }));
    await page.locator('[data-shown-key]').waitFor();
    await pressByKeyboard(page, page.getByRole('button', { name: 'I stored it' }));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(() => isFocused(newKey));
    const revoke = page.getByRole('button', { name: `Revoke ${name}` });
    await pressByKeyboard(page, revoke);
    await pressByKeyboard(page, page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }));
    await revoke.waitFor({ state: 'detached' });
  });

  it('a dead letter looked at and published again', async () => {
    const mark = uniqueName('unreadable');
    await kafka.produce('orders', [{ value: `{"${mark}":` }]);
    const letter = () =>
      eventually(async () => (await callApi<Letters>('GET', '/v1/dead-letters')).data.find(({ preview }) => preview?.includes(mark)));
    const { id } = await letter();
    const page = await test().visit('/operator?tab=dead-letters&status=open', { as: 'admin' });
    await page.locator(`[data-row="${id}"]`).waitFor();
    await pressByKeyboard(page, page.locator(`[data-row="${id}"]`).getByRole('link').first());
    const drawer = page.getByRole('dialog', { name: 'Dead letter' });
    await drawer.getByText(mark).first().waitFor();
    await page.keyboard.press('r');
    const sure = page.getByRole('dialog').last();
    await sure.getByRole('button', { name: 'Republish' }).waitFor();
    await pressByKeyboard(page, sure.getByRole('button', { name: 'Republish' }));
    await eventually(async () => (await callApi<{ status: string }>('GET', `/v1/dead-letters/${id}`)).status === 'republished');
  });
});
