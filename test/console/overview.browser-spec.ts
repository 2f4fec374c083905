import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually, WebhookReceiver } from '#libs/testing';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';

describeConsole('the overview', (test) => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  afterAll(() => receiver.close());

  it('leads who is new from nothing to a verified webhook, step by step', async () => {
    const page = await test().visit('/');
    await page.getByRole('heading', { name: 'Your first delivery' }).waitFor();
    await page.getByRole('link', { name: 'New Webhook' }).click();
    await page.waitForURL('**/webhooks/new**');

    const { id } = await test().createWebhook({ name: 'First', url: receiver.url('/first') });
    await page.goto(new URL('/', page.url()).href);
    await page.getByRole('link', { name: 'Send Test' }).click();
    await page.waitForURL(`**/webhooks/${id}/testing`);

    await test().api('POST', `/v1/webhooks/${id}/test`);
    await eventually(async () => {
      const { data } = await test().api<{ data: { state: string }[] }>('GET', '/v1/deliveries');
      return data[0]?.state === 'succeeded';
    });
    await page.goto(new URL('/', page.url()).href);
    await page.getByRole('link', { name: 'Show me how' }).waitFor();
    expect(await page.getByRole('link', { name: 'Send Test' }).count()).toBe(0);
    const done = page.getByRole('img', { name: 'Done' });
    expect(await done.count()).toBe(2);
    await page.getByRole('button', { name: 'It verifies' }).click();
    await page.getByRole('link', { name: 'Show me how' }).waitFor({ state: 'hidden' });
    expect(await done.count()).toBe(3);
    await page.getByRole('button', { name: 'Hide these steps' }).click();
    await page.getByRole('heading', { name: 'Your first delivery' }).waitFor({ state: 'hidden' });
  });

  it('counts what was delivered, and a number of its chart leads to the history of just that', async () => {
    await test().publishUntil('order_created', async () => {
      const { totals } = await test().api<{ totals: { attempts: number } }>('GET', '/v1/stats/overview');
      return totals.attempts > 0;
    });
    const page = await test().visit('/?range=1h');
    await page.getByText('100 %', { exact: true }).first().waitFor();
    expect(await page.locator('dl > div', { hasText: 'Deliveries' }).innerText()).toMatch(
      /^Deliveries\s+[1-9]\d*\s+with [1-9]\d* attempts?, 24\sh$/,
    );
    await page.getByRole('button', { name: 'Attempts by outcome as a table' }).click();
    const table = page.getByRole('table', { name: 'Attempts by outcome: numbers' });
    await table.getByRole('button').first().click();
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /^First/ })
      .click();
    await page.waitForURL('**/history?**');
    const search = new URL(page.url()).searchParams;
    expect([search.get('status'), search.has('from'), search.has('to')]).toEqual(['succeeded', true, true]);
  });

  it('leads from a bar of one webhook straight to its history', async () => {
    const { data } = await test().api<{ data: { id: string }[] }>('GET', '/v1/webhooks?q=First');
    const page = await test().visit(`/?range=1h&webhookId=${data[0]!.id}`);
    await page
      .getByRole('img', { name: /^\d+ attempts/ })
      .locator('rect[fill*="success"]')
      .last()
      .click();
    await page.waitForURL(`**/webhooks/${data[0]!.id}/history?**`);
    expect(new URL(page.url()).searchParams.get('status')).toBe('succeeded');
  });

  it('keeps its time and its webhook in the address', async () => {
    const page = await test().visit('/?range=7d');
    await page.getByRole('combobox', { name: 'Webhook', exact: true }).click();
    await page.getByRole('option', { name: 'First' }).click();
    await page.waitForURL(/webhookId=wh_/);
    expect(new URL(page.url()).searchParams.get('range')).toBe('7d');
    await page.reload();
    const chosen = page.getByRole('combobox', { name: 'Webhook', exact: true });
    expect(await eventually(async () => (await chosen.inputValue()) || undefined)).toBe('First');
  });

  it('finds the webhook that is meant on the server, among however many', async () => {
    const page = await test().visit('/');
    await test().createWebhook({ name: 'Second', url: receiver.url('/second') });
    const webhook = page.getByRole('combobox', { name: 'Webhook', exact: true });
    await webhook.click();
    await webhook.pressSequentially('/second');
    await page.getByRole('option', { name: 'Second' }).click();
    await page.waitForURL(/webhookId=wh_/);
    await webhook.click();
    await page.getByRole('option', { name: 'First' }).waitFor();
  });

  it('tells how many deliveries waited over time, for the account alone', async () => {
    await eventually(
      async () => {
        const { buckets } = await test().api<{ buckets: { backlog: number | null }[] }>('GET', '/v1/stats?range=1h');
        return buckets.some(({ backlog }) => backlog !== null);
      },
      { timeoutMs: 60_000, intervalMs: 500 },
    );
    const page = await test().visit('/?range=1h');
    await page.getByRole('button', { name: 'Backlog as a table' }).click();
    await page.getByRole('table', { name: 'Backlog: numbers' }).getByRole('cell', { name: /^\d+$/ }).first().waitFor();
    await page.getByRole('combobox', { name: 'Webhook', exact: true }).click();
    await page.getByRole('option', { name: 'First' }).click();
    await page.getByRole('button', { name: 'Backlog as a chart' }).click();
    await page.getByText('Counted for the whole account').waitFor();
  });

  it('shows what went wrong with its trace id, and reads again when told to', async () => {
    const page = await test().visit('/');
    let failing = true;
    await page.route('**/v1/stats/overview', (route) =>
      failing
        ? route.fulfill({
            status: 422,
            contentType: 'application/problem+json',
            body: JSON.stringify({
              status: 422,
              code: 'ROLE_REQUIRED',
              title: 'A role is required',
              detail: 'webhooks need the role ENTERPRISE',
              traceId: 'trace-7',
            }),
          })
        : route.continue(),
    );
    await page.reload();
    await page.getByText('A role is required').waitFor();
    await page.getByText('trace-7').waitFor();
    failing = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('p95 latency').waitFor();
  });

  it.each(['light', 'dark'] as const)('has nothing that axe would find, as tables, in %s', async (scheme) => {
    const page = await test().visit('/', { scheme });
    await page.locator('[data-charts] figure').first().waitFor();
    const buttons = page.getByRole('button', { name: /as a table$/ });
    // Each is another one once it has been pressed.
    while ((await buttons.count()) > 0) await buttons.first().click();
    await page.getByRole('table', { name: 'Latency: numbers' }).waitFor();
    await expectAccessible(page);
  });
});
