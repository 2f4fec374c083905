import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, it } from '@jest/globals';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';
import { callApi, SYSTEM_URL } from './system.js';

interface PortalSession {
  readonly token: string;
  readonly embedPath: string;
}

describeConsole('the console inside another product', (test) => {
  let session: PortalSession;
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
    expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('light');
    expect(await page.getByRole('banner').count()).toBe(0);
  });

  it('says that the session is over when its token no longer opens', async () => {
    const page = await test().visit('/?embed=1#token=hsp_expired', { as: 'none' });
    await page.getByText('This session is over').waitFor();
    expect(await page.getByLabel('API key').count()).toBe(0);
  });

  it('is shown in a frame by the allowed origins alone', async () => {
    const html = `<iframe src="${SYSTEM_URL}${session.embedPath}" width="900" height="600"></iframe>`;
    const { server, port } = await serving(html);
    const policy = (await fetch(SYSTEM_URL, { headers: { accept: 'text/html' } })).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/frame-ancestors http:\/\/localhost:\d+$/);
    expect(policy).not.toContain(`:${port} `);
    const page = await test().visit('/', { as: 'none' });
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForLoadState('networkidle');
    const frame = page.frames().at(-1)!;
    expect(
      await frame
        .locator('#root')
        .count()
        .catch(() => 0),
    ).toBe(0);
    server.close();
    // That the browser says that it refused is what was wanted.
    test().faults.length = 0;
  });
});

async function serving(html: string): Promise<{ server: Server; port: number }> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}
