import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually, WebhookReceiver } from '#libs/testing';
import { expectAccessible, expectFits } from './checks.js';
import { describeConsole } from './console-test.js';
import { holdLiveAttempts } from './intercepted.js';

const COLUMNS = ['Event', 'Attempted Time', 'Response Code', 'Status', 'Attempts', 'Next Attempt', 'Duration', 'Delivery Details'];
const HOSTILE = '<script>document.title = "hacked"</script><b id="received">no</b>';

interface Attempts {
  readonly data: { readonly id: string; readonly deliveryId: string; readonly status: string }[];
}

describeConsole('the history of a webhook', (test) => {
  let receiver: WebhookReceiver;
  let webhookId: string;
  let failing: string;
  let healed = false;

  const attemptsOf = async (id: string) => (await test().api<Attempts>('GET', `/v1/webhooks/${id}/attempts`)).data;
  /** Publishes an event and waits until the webhook has been sent `count` attempts. */
  const publish = (type: string, id: string, count: number) =>
    test().publishUntil(type, async () => (await attemptsOf(id)).length === count, { orderId: 'o-1', total: '24.00' });
  const rows = (page: Page) => page.locator('tbody tr[data-row]');
  const open = async (path = '', options = {}): Promise<Page> => {
    const page = await test().visit(`/webhooks/${webhookId}/history${path}`, options);
    await rows(page).first().waitFor();
    return page;
  };

  beforeAll(async () => {
    receiver = await WebhookReceiver.start(({ url }, response) => {
      response.statusCode = url === '/failing' && !healed ? 500 : 200;
      response.setHeader('content-type', 'text/html');
      response.end(HOSTILE);
    });
    const auth = { type: 'BEARER', token: 'secret-token-4711' };
    ({ id: webhookId } = await test().createWebhook({
      name: 'Shop',
      url: receiver.url('/ok'),
      events: ['order_created', 'order_updated'],
      auth,
    }));
    const retryPolicy = { schedule: ['1s'], finalStatuses: [500] };
    ({ id: failing } = await test().createWebhook({
      name: 'Failing',
      url: receiver.url('/failing'),
      events: ['ticket.closed'],
      retryPolicy,
    }));
    await publish('order_created', webhookId, 1);
    await publish('order_updated', webhookId, 2);
    for (const count of [1, 2, 3]) await publish('ticket.closed', failing, count);
  });
  afterAll(() => receiver.close());

  it('shows what comes into an empty list without being asked', async () => {
    const { id } = await test().createWebhook({ url: receiver.url('/ok') });
    const page = await test().visit(`/webhooks/${id}/history`);
    await page.getByText('Nothing sent yet').waitFor();
    await page.getByText('Live updates: connected').waitFor({ state: 'attached' });
    await test().api('POST', `/v1/webhooks/${id}/test`);
    await rows(page).getByText('test.webhook').waitFor();
  });

  it('lists one row per attempt under the words of the specification', async () => {
    const page = await open();
    expect(await page.locator('thead th').allInnerTexts()).toEqual(COLUMNS);
    expect(await rows(page).count()).toBe(2);
    expect(await rows(page).first().innerText()).toMatch(/order_(created|updated)[\s\S]*200[\s\S]*Success/);
  });

  it('shows payload, headers and response in a drawer with an address of its own, and nothing received as HTML', async () => {
    const page = await open();
    const link = rows(page)
      .first()
      .getByRole('link', { name: /^View details of/ });
    await link.click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('"orderId"').waitFor();
    expect(new URL(page.url()).searchParams.get('open')).toMatch(/^att_/);
    await drawer.getByRole('tab', { name: 'Headers' }).click();
    await drawer.getByRole('row', { name: /^authorization/ }).waitFor();
    expect(await drawer.innerText()).not.toContain('secret-token-4711');
    await drawer.getByRole('tab', { name: 'Response' }).click();
    await drawer.getByText('no</b>').waitFor();
    expect(await page.locator('#received').count()).toBe(0);
    expect(await page.title()).not.toBe('hacked');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('open')).toBe(false);
  });

  it('is walked through with the keyboard: rows, drawer, next and previous', async () => {
    const page = await open();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Attempt 1').first().waitFor();
    const first = page.url();
    await page.keyboard.press(']');
    await page.waitForURL((url) => url.href !== first);
    // The filters are behind the drawer.
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.matches('[data-list-filter]'))).toBe(false);
    // In the payload one reads, and does not type.
    await page.getByRole('dialog').locator('.cm-content').first().focus();
    await page.keyboard.press('[');
    await page.waitForURL(first);
  });

  it('says why an attempt was made and why it failed, with a hint', async () => {
    const [attempt] = await attemptsOf(failing);
    const page = await test().visit(`/attempts/${attempt!.id}`);
    await page.waitForURL(`**/deliveries/${attempt!.deliveryId}**`);
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByText('The receiver failed (500)').waitFor();
    await page.getByText('subscription ticket.closed covers').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Attempt 1' }).locator('time').hover();
    await page
      .getByRole('tooltip')
      .filter({ hasText: /T\d\d:/ })
      .waitFor();
    await page.getByRole('tab', { name: 'Timing' }).click();
    await page.getByRole('rowheader', { name: 'Total' }).waitFor();
    await expectAccessible(page);
  });

  it('keeps its filters in the address, and clears them', async () => {
    const page = await open('?event=order_updated');
    expect(await rows(page).count()).toBe(1);
    await page.locator('input[aria-label="Response code"]').fill('404');
    await page.getByText('Nothing matches these filters').waitFor();
    expect(new URL(page.url()).searchParams.get('code')).toBe('404');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await rows(page).nth(1).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('tells those that never reached the receiver from those that it refused', async () => {
    const gone = await WebhookReceiver.start();
    const url = gone.url('/gone');
    await gone.close();
    const { id } = await test().createWebhook({ name: 'Gone', url });
    await test().api('POST', `/v1/webhooks/${id}/test`);
    await eventually(async () => (await attemptsOf(id)).length === 1);
    const page = await test().visit(`/webhooks/${id}/history`);
    await page.getByRole('combobox', { name: 'Error' }).click();
    await page.getByRole('option', { name: 'No connection' }).click();
    await page.waitForURL(/errorClass=connection/);
    await rows(page).getByText('test.webhook').waitFor();
    const other = await test().visit(`/webhooks/${failing}/history?errorClass=connection`);
    await other.getByText('Nothing matches these filters').waitFor();
  });

  it('folds its filters on a phone, and says how many are in use', async () => {
    const page = await open('?event=order_updated', { screen: 'phone' });
    const status = page.getByRole('combobox', { name: 'Status' });
    expect(await status.isVisible()).toBe(false);
    const fold = page.getByRole('button', { name: 'Filters · 1' });
    await fold.click();
    await status.waitFor();
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    await expectFits(page);
    await expectAccessible(page);
  });

  it('lets new attempts wait until one asks for them', async () => {
    const page = await open();
    await page.getByText('connected', { exact: true }).waitFor();
    const before = await rows(page).count();
    await publish('order_created', webhookId, before + 1);
    const news = page.getByRole('button', { name: /^1 new/ });
    await news.waitFor();
    expect(await rows(page).count()).toBe(before);
    await news.click();
    await rows(page).nth(before).waitFor();
  });

  it('redelivers one: queued first, then a row of its own', async () => {
    const page = await open('?live=off');
    const before = await rows(page).count();
    await rows(page)
      .first()
      .getByRole('button', { name: /^Redeliver/ })
      .click();
    await page.getByText('Queued', { exact: true }).first().waitFor();
    await rows(page).nth(before).waitFor();
    await page.locator('tbody').getByText('Redelivery', { exact: true }).waitFor();
  });

  it('is paged through: a row opened and closed on the way loses neither page nor way back', async () => {
    // On smaller pages than it asks for.
    const page = await test().visit(`/webhooks/${webhookId}/history?live=off`, {
      before: (opened) =>
        opened.route('**/attempts?**', (route) =>
          route.continue({
            url: route
              .request()
              .url()
              .replace(/limit=\d+/, 'limit=1'),
          }),
        ),
    });
    const shown = (attempt: { readonly id: string }) => page.locator(`tr[data-row="${attempt.id}"]`).waitFor();
    const [first, second, third] = await attemptsOf(webhookId);
    await shown(first!);
    await page.getByRole('link', { name: 'Next', exact: true }).click();
    await shown(second!);
    await page.getByRole('link', { name: 'Next', exact: true }).click();
    await shown(third!);
    await rows(page).first().getByRole('link').first().click();
    await page.getByRole('dialog').getByText('"orderId"').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Previous', exact: true }).click();
    await shown(second!);

    await page.goto(`${page.url()}&code=404`);
    await page.getByText('Nothing more on this page').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Go to the first page' }).click();
    await page.getByText('Nothing matches these filters').waitFor();
  });

  it('retries all that match, counted on the server first, with progress', async () => {
    healed = true;
    const page = await test().visit(`/webhooks/${failing}/history?status=failed`);
    await page.getByRole('button', { name: 'Retry all matching' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('3 deliveries match').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Retry all 3 matching' }).click();
    await page.getByText('Retry completed: 3 of 3 sent').waitFor({ timeout: 30_000 });
    await eventually(async () => (await attemptsOf(failing)).filter(({ status }) => status === 'succeeded').length === 3);
  });

  it('exports what matches as a file', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^shop-attempts-.*\.csv$/);
  });

  it('shows an error with its trace id and another try, and what it waits for meanwhile', async () => {
    const page = await open();
    let broken = true;
    await holdLiveAttempts(page);
    await page.route('**/attempts?**', async (route) => {
      if (broken)
        await route.fulfill({
          status: 404,
          contentType: 'application/problem+json',
          body: JSON.stringify({ title: 'Not found', status: 404, code: 'X', detail: 'gone', traceId: 'trace-1' }),
        });
      else await route.continue();
    });
    await page.reload();
    await page.getByText('trace-1').waitFor();
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await rows(page).first().waitFor();
  });

  it('leads from an empty history to the first test', async () => {
    const { id } = await test().createWebhook({ name: 'Quiet', url: receiver.url('/quiet') });
    const page = await test().visit(`/webhooks/${id}/history`);
    await page.getByText('Nothing sent yet.').waitFor();
    await page.getByRole('link', { name: 'Send Test' }).last().click();
    await page.waitForURL('**/testing');
  });
});
