import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually, WebhookReceiver } from '#libs/testing';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';
import { callApi } from './system.js';

interface Read {
  readonly status: string;
}

describeConsole('the list of webhooks', (test) => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  afterAll(() => receiver.close());

  const row = (name: string) => `tr:has(:text-is("${name}"))`;

  it('says what a webhook is while there is none, and leads to the first one', async () => {
    const page = await test().visit('/webhooks');
    await page.getByText('No webhooks yet. A webhook sends your events to a URL you own.').waitFor();
    await expectAccessible(page);
    await page.locator('[data-list-state="empty"]').getByRole('link', { name: 'New Webhook' }).click();
    await page.waitForURL('**/webhooks/new');
  });

  it('shows name, URL, events, health, rate, Last Event Hit and status', async () => {
    await test().createWebhook({ name: 'Hit', url: receiver.url('/hit'), events: ['order_created', 'order_updated', 'ticket.closed'] });
    await test().publishUntil('order_created', async () => receiver.requests.length > 0);
    const page = await test().visit('/webhooks');
    await eventually(async () => (await page.locator(row('Hit')).textContent())?.includes('100') === true);
    const text = await page.locator(row('Hit')).textContent();
    for (const part of ['POST', 'order_created', 'order_updated', '+1', 'Healthy', 'Success', 'Enabled']) expect(text).toContain(part);
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(
      expect.arrayContaining(['Name', 'URL', 'Events', 'Health', 'Success rate 24 h', 'Last Event Hit', 'Status']),
    );
  });

  it('shows optional columns when asked for, and remembers them', async () => {
    const page = await test().visit('/webhooks');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Payload format' }).click();
    await page.reload();
    await page.getByRole('columnheader', { name: 'Payload format' }).waitFor();
  });

  it('keeps its filters in the address, per channel too, and clears them', async () => {
    await test().createWebhook({ name: 'Seven', channelId: 'ch_7' });
    const page = await test().visit('/webhooks');
    await page.locator(row('Hit')).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('seven');
    await page.waitForURL(/q=seven/);
    await eventually(async () => (await page.locator('tr[data-row]').count()) === 1);
    await page.goto(new URL('/webhooks?channelId=ch_7', page.url()).href);
    await page.locator(row('Seven')).waitFor();
    expect(await page.locator('tr[data-row]').count()).toBe(1);
    await page.goto(new URL('/webhooks?q=nothing-like-it&event=not.in.the.catalog', page.url()).href);
    await page.getByText('Nothing matches these filters').waitFor();
    expect(await page.getByRole('combobox', { name: 'Event', exact: true }).inputValue()).toBe('not.in.the.catalog');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.locator(row('Seven')).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('toggles at once, and goes back with a message when the server refuses', async () => {
    const { id } = await test().createWebhook({ name: 'Toggled' });
    const page = await test().visit('/');
    // By way of what remembers webhooks in other forms than the list does.
    await page.getByRole('combobox', { name: 'Webhook', exact: true }).click();
    await page.getByRole('option', { name: 'Toggled' }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Webhooks', exact: true }).click();
    const toggle = page.getByRole('switch', { name: /Toggled/ });
    await toggle.click();
    await eventually(async () => (await test().api<Read>('GET', `/v1/webhooks/${id}`)).status === 'disabled');
    await page.route('**/enable', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          status: 503,
          code: 'DATABASE_UNAVAILABLE',
          title: 'Away',
          detail: 'the database is away',
          traceId: '1'.repeat(32),
        }),
      }),
    );
    await toggle.click();
    await page.getByText('Toggled could not be enabled').waitFor();
    expect(await toggle.isChecked()).toBe(false);
    await page.unroute('**/enable');
    await toggle.click();
    await eventually(async () => (await test().api<Read>('GET', `/v1/webhooks/${id}`)).status === 'enabled');
  });

  it('copies the URL, duplicates, and leads to Edit and Webhook History', async () => {
    const { id } = await test().createWebhook({ name: 'Copied', url: 'https://example.com/copied' });
    const page = await test().visit('/webhooks');
    const menu = async (item: string) => {
      await page.getByRole('button', { name: 'Actions for Copied' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu('Copy URL');
    await page.getByText('Copied', { exact: true }).last().waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('https://example.com/copied');
    // A link, so that it opens in a new tab too.
    await page.locator(`[data-row="${id}"] a[href="/webhooks/${id}/edit"]`).waitFor({ state: 'attached' });
    await menu('Webhook History');
    await page.waitForURL(`**/webhooks/${id}/history**`);
    await page.goBack();
    await menu('Edit');
    await page.waitForURL(`**/webhooks/${id}/edit`);
    await page.goBack();
    await menu('Duplicate');
    await page.waitForURL(`**/webhooks/new?from=${id}`);
    expect(await page.getByLabel('Webhook name').inputValue()).toBe('Copied (copy)');
  });

  it('sends a test that the history then shows', async () => {
    await test().createWebhook({ name: 'Tested', url: receiver.url('/tested') });
    const page = await test().visit('/webhooks');
    await page.getByRole('button', { name: 'Actions for Tested' }).click();
    await page.getByRole('menuitem', { name: 'Send Test' }).click();
    await page.waitForURL('**/history**');
    await page.getByText('test.webhook').first().waitFor();
    expect(receiver.requests.some(({ url }) => url === '/tested')).toBe(true);
  });

  it('deletes only after saying that it is permanent', async () => {
    const { id } = await test().createWebhook({ name: 'Doomed' });
    const page = await test().visit('/webhooks');
    const warned = () => page.getByText('Deleting a webhook is permanent and cannot be undone.').waitFor();
    await page.getByRole('button', { name: 'Actions for Doomed' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await warned();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect((await test().api<Read>('GET', `/v1/webhooks/${id}`)).status).toBe('enabled');
    // Where there is room, the icon stands beside the menu.
    await page.setViewportSize({ width: 1720, height: 860 });
    await page.getByRole('button', { name: 'Delete Doomed' }).click();
    await warned();
    await page.getByRole('button', { name: 'Delete permanently' }).click();
    await page.getByText('Doomed was deleted').waitFor();
    await expect(test().api('GET', `/v1/webhooks/${id}`)).rejects.toThrow('404');
  });

  it('moves through the rows with j and k and opens one with Enter', async () => {
    const page = await test().visit('/webhooks');
    await page.locator('tr[data-row]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const name = await page.locator('tr[data-row]').first().getByRole('link').textContent();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: name! }).waitFor();
  });

  it('shows what went wrong with its trace id, and reads again when told to', async () => {
    const page = await test().visit('/webhooks');
    let failing = true;
    await page.route('**/v1/webhooks?**', (route) =>
      failing
        ? route.fulfill({
            status: 422,
            contentType: 'application/problem+json',
            body: JSON.stringify({ status: 422, code: 'VALIDATION_FAILED', title: 'Validation failed', detail: 'no', traceId: 'trace-9' }),
          })
        : route.continue(),
    );
    await page.reload();
    await page.getByText('trace-9').waitFor();
    await expectAccessible(page);
    failing = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('tr[data-row]').first().waitFor();
  });

  it('shows a role that the account lacks as what it is', async () => {
    const account = test().account;
    await callApi('PATCH', `/v1/accounts/${account}`, { body: { requiredRole: 'ENTERPRISE' } });
    try {
      await eventually(() =>
        test()
          .api('GET', '/v1/webhooks')
          .then(
            () => false,
            () => true,
          ),
      );
      const page = await test().visit('/webhooks');
      await page.getByText('webhooks need the role ENTERPRISE, which the account does not have').waitFor();
      await expectAccessible(page);
      expect(await page.getByRole('link', { name: 'New Webhook' }).count()).toBe(0);
    } finally {
      await callApi('PATCH', `/v1/accounts/${account}`, { body: { requiredRole: null } });
    }
  });

  it('has room for the word of every status beside the actions', async () => {
    await test().createWebhook({ name: 'Off', status: 'disabled', events: ['order_created', 'transaction.success'] });
    const page = await test().visit('/webhooks');
    const row = page.locator('tr', { has: page.getByRole('link', { name: 'Off', exact: true }) });
    const word = (await row.locator('.mantine-Switch-label').boundingBox())!;
    const actions = (await row.getByRole('cell').last().boundingBox())!;
    expect(word.x + word.width).toBeLessThanOrEqual(actions.x);
  });
});
