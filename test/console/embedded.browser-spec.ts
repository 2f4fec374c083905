import { afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '#libs/testing';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';
import { ShopServer } from './shop-server.js';
import { callApi, EMBEDDER, SYSTEM_URL } from './system.js';
import { WebhookForm } from './webhook-form.js';

interface PortalSession {
  readonly token: string;
  readonly embedPath: string;
}

describeConsole('the console inside another product', (test) => {
  let session: PortalSession;
  let shop: ShopServer | undefined;
  afterEach(() => shop?.close());
  beforeAll(async () => {
    session = await callApi<PortalSession>('POST', `/v1/accounts/${test().account}/portal-sessions`, { body: {} });
    await test().createWebhook({ name: 'Of the shop' });
  });

  it('opens with a token in the fragment, which is gone from the address before anything else happens', async () => {
    const page = await test().visit(`/webhooks?embed=1&theme=dark#token=${session.token}`, { as: 'none' });
    await page.getByText('Of the shop').waitFor();
    expect(page.url()).not.toContain('hsp_');
    expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark');
    expect(await page.getByRole('banner').count()).toBe(0);
    await expectAccessible(page);
  });

  it('stays embedded and in its colours wherever one goes, and after a reload', async () => {
    const page = await test().visit(`${session.embedPath.replace('?embed=1', '?embed=1&theme=light')}`, { as: 'none', scheme: 'dark' });
    await page.getByRole('link', { name: 'Webhooks', exact: true }).click();
    await page.getByRole('link', { name: 'Of the shop' }).click();
    await page.waitForURL(/\/webhooks\/wh_.*embed=1/);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Of the shop' }).waitFor();
    // The colours are those of the page around it; the zone of times is the reader's.
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('menuitemradio', { name: 'UTC' }).waitFor();
    expect(await page.getByRole('menuitemradio', { name: 'Dark' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('light');
    expect(await page.getByRole('banner').count()).toBe(0);
  });

  it('says that the session is over when its token no longer opens', async () => {
    const page = await test().visit('/?embed=1#token=hsp_expired', { as: 'none' });
    await page.getByText('This session is over').waitFor();
    expect(await page.getByLabel('API key').count()).toBe(0);
  });

  it('works inside a page of the origin that may show it, in the colours that it asked for', async () => {
    const page = await embedded(`/webhooks?embed=1&theme=dark#token=${session.token}`, EMBEDDER);
    const frame = page.frameLocator('iframe');
    await frame.getByText('Of the shop').waitFor();
    expect(await frame.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    expect(await frame.getByRole('banner').count()).toBe(0);
    expect(
      page
        .frames()
        .map((each) => each.url())
        .join(),
    ).not.toContain('hsp_');

    await frame.getByRole('link', { name: 'New Webhook' }).click();
    const form = new WebhookForm(frame);
    await form.fill({ name: 'Made in the frame', url: 'https://example.com/frame', event: 'order_created' });
    await form.press('Create');
    expect(await form.storeSecret()).toMatch(/^[0-9a-f]{64}$/);
    await frame.getByRole('heading', { level: 1, name: 'Made in the frame' }).waitFor();
    await frame.getByRole('link', { name: 'Webhooks', exact: true }).click();
    await frame.getByRole('row').filter({ hasText: 'Made in the frame' }).waitFor();
  });

  it('is refused to the pages of any other origin', async () => {
    const page = await embedded(session.embedPath);
    const frame = await eventually(() => Promise.resolve(page.frames().find((each) => each.url().startsWith('chrome-error:'))));
    expect(await frame.locator('#root').count()).toBe(0);
    // That the browser says that it refused is what was wanted.
    test().faults.length = 0;
  });

  it('says so in the frame when the session ends while it is used', async () => {
    const page = await embedded(session.embedPath, EMBEDDER);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { level: 1 }).waitFor();
    await page.route('**/v1/webhooks?**', (route) =>
      route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 401, code: 'UNAUTHENTICATED', title: '', detail: '', traceId: '' }),
      }),
    );
    // By script: a call that is made meanwhile may end the session, and the link with it, under the mouse.
    const follow = (links: readonly (HTMLElement | SVGElement)[]) => links.forEach((link) => (link as HTMLElement).click());
    await frame.getByRole('link', { name: 'Webhooks', exact: true }).evaluateAll(follow);
    await frame.getByRole('heading', { name: 'This session is over' }).waitFor();
    expect(await frame.getByLabel('API key').count()).toBe(0);
  });

  /** A page of a shop that shows the console at `path` in a frame. */
  async function embedded(path: string, origin?: string): Promise<Page> {
    shop = await ShopServer.start(`${SYSTEM_URL}${path}`, origin);
    const page = await test().visit('/', { as: 'none' });
    await page.goto(shop.origin);
    return page;
  }
});
