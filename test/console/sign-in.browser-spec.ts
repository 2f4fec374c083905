import { expect, it } from '@jest/globals';
import { describeConsole } from './console-test.js';

describeConsole('signing in', (test) => {
  it('opens the page that one meant to go to, with a key that is kept in this tab alone', async () => {
    const page = await test().visit('/webhooks', { as: 'none' });
    await page.getByLabel('API key', { exact: true }).fill(test().key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/webhooks');
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('hsk_');
    expect(await page.context().cookies()).toEqual([]);
  });

  it('says so when a key opens nothing, and lets one try again', async () => {
    const page = await test().visit('/', { as: 'none' });
    await page.getByLabel('API key', { exact: true }).fill('hsk_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This key does not open any account.').waitFor();
    await page.getByLabel('API key', { exact: true }).fill(test().key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });

  it('signs out who holds a key that stopped working, and says why', async () => {
    const page = await test().visit('/');
    await page.route('**/v1/stats/**', (route) =>
      route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 401, code: 'UNAUTHENTICATED', title: '', detail: '', traceId: '' }),
      }),
    );
    await page.reload();
    await page.getByText('You were signed out').waitFor();
  });

  it('is signed in already in a tab that a link was opened in, but not in another browser profile', async () => {
    const page = await test().visit('/webhooks', { as: 'none' });
    await page.getByLabel('API key', { exact: true }).fill(test().key);
    await page.keyboard.press('Enter');
    const link = page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Webhooks' });
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click({ modifiers: ['ControlOrMeta'] })]);
    await tab.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    const stranger = await test().visit('/webhooks', { as: 'none' });
    await stranger.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  });

  it('forgets the key at sign-out', async () => {
    const page = await test().visit('/');
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });
});
