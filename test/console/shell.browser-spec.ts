import { beforeAll, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { expectAccessible, expectFits } from './checks.js';
import { describeConsole } from './console-test.js';
import { callApi } from './system.js';

const FOCUSED_ROW = "document.activeElement?.closest('[data-row]')?.getAttribute('data-row') ?? null";

describeConsole('the frame of the console', (test) => {
  let ids: string[];
  beforeAll(async () => {
    const made = [];
    for (const name of ['Billing', 'Shipping']) made.push((await test().createWebhook({ name })).id);
    ids = made.toReversed();
  });

  it('walks the rows of a list with j and k, opens one with Enter and copies its id with c', async () => {
    const page = await test().visit('/webhooks');
    await page.locator('[data-row]').first().waitFor();
    await page.keyboard.press('j');
    expect(await page.evaluate(FOCUSED_ROW)).toBe(ids[0]);
    await page.keyboard.press('j');
    expect(await page.evaluate(FOCUSED_ROW)).toBe(ids[1]);
    await page.keyboard.press('k');
    await page.keyboard.press('c');
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(ids[0]);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/webhooks/${ids[0]}`);
  });

  it('goes to the filter with /, where the shortcuts are letters again', async () => {
    const page = await test().visit('/webhooks');
    await page.locator('[data-row]').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('jk?');
    expect(await page.locator('[data-list-filter]').inputValue()).toBe('jk?');
    await page.getByText('Nothing matches these filters').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    // The address says it without the blank, and leaves the field as it is.
    await page.locator('[data-list-filter]').fill('Ship ');
    await page.locator(`[data-row="${ids[0]}"]`).waitFor();
    await page.waitForURL(/q=Ship$/);
    await page.keyboard.type('x');
    expect(await page.locator('[data-list-filter]').inputValue()).toBe('Ship x');
    await page.getByText('Nothing matches these filters').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await eventually(async () => (await page.locator('[data-list-filter]').inputValue()) === '');
  });

  it('explains its keys with ?, and gives the focus back on Esc', async () => {
    const page = await test().visit('/webhooks');
    await page.locator('[data-row]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(async () => (await page.evaluate(FOCUSED_ROW)) === ids[0]);
  });

  it('finds a webhook by its name in the palette, and opens it with Enter', async () => {
    const page = await test().visit('/');
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search and commands' }).waitFor();
    await page.keyboard.type('Billing');
    await page.getByRole('dialog').getByText('http://127.0.0.1:9/hooks').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/webhooks/${ids[1]}`);
  });

  it('leads from the palette to the parts of a webhook and of a page, changes settings, and says what it did not find', async () => {
    const page = await test().visit('/');
    const palette = page.getByRole('dialog', { name: 'Search and commands' });
    const type = async (text: string) => {
      await page.keyboard.press('Control+k');
      await palette.getByRole('textbox').fill(text);
    };
    await type('Shipping');
    await palette.getByRole('button', { name: 'Webhook History of Shipping' }).click();
    await page.waitForURL(`**/webhooks/${ids[0]}/history**`);
    await type('topics');
    await palette.getByRole('button', { name: 'Developers: Kafka topics' }).click();
    await page.waitForURL('**/developers?tab=topics');
    await type('dark');
    await palette.getByRole('button', { name: 'Colours: Dark' }).click();
    await eventually(() => page.evaluate(() => document.documentElement.dataset.mantineColorScheme === 'dark'));
    await type('no such thing');
    await palette.getByText('Nothing found').waitFor();
    await palette.getByRole('button', { name: 'Open event “no such thing”' }).waitFor();
    await expectAccessible(page);
    await page.route('**/v1/webhooks?**', (route) => route.fulfill({ status: 404, json: {} }));
    await palette.getByRole('textbox').fill('no such search');
    await palette.getByText('The search failed').waitFor();
  });

  it.each([
    ['wh_01kay2q4c8f0v6m3d9x7r5t1ze', '/webhooks/'],
    ['dlv_01kay2q4c8f0v6m3d9x7r5t1ze', '/deliveries/'],
    ['att_01kay2q4c8f0v6m3d9x7r5t1ze', '/attempts/'],
    ['evt_01kay2q4c8f0v6m3d9x7r5t1ze', '/events/'],
  ])('opens what the id %s names in one step', async (id, path) => {
    const page = await test().visit('/webhooks');
    await page.getByRole('button', { name: /^Search/ }).click();
    await page.getByRole('textbox', { name: 'Search and commands' }).fill(id);
    await page.getByRole('dialog').getByText('Open this').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${path}**`);
    expect(page.url()).toContain(id);
  });

  it('shows times in UTC when told to, here and at the next visit', async () => {
    const page = await test().visit(`/webhooks/${ids[0]}/settings`);
    const time = page.locator('time').first();
    await time.focus();
    await page
      .getByRole('tooltip')
      .filter({ hasText: /\+0[12]:00$/ })
      .waitFor();
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('menuitemradio', { name: 'UTC' }).click();
    await page.reload();
    await page.locator('time').first().focus();
    await page.getByRole('tooltip').filter({ hasText: /Z$/ }).waitFor();
  });

  it('is dark or light as told, whatever the system says, at the next visit too', async () => {
    const page = await test().visit('/', { scheme: 'light' });
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark');
  });

  it('lets administrators look at another account, which nobody else can', async () => {
    const other = `${test().account}-other`;
    await callApi('POST', '/v1/accounts', { body: { id: other, name: 'Other shop' } });
    const page = await test().visit('/webhooks', { as: 'admin' });
    await page.getByText('Billing').waitFor();
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Switch account' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Other shop');
    await page.getByRole('dialog').getByRole('button', { name: 'Other shop' }).first().click();
    await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Webhooks' }).click();
    await page.getByText('No webhooks yet.').waitFor();

    const own = await test().visit('/webhooks');
    expect(await own.getByRole('link', { name: 'Operator' }).count()).toBe(0);
    await own.getByRole('button', { name: /^Account/ }).click();
    expect(await own.getByRole('menuitem', { name: 'Switch account' }).count()).toBe(0);
  });

  it('can be skipped by keyboard, and says where one is', async () => {
    const page = await test().visit('/webhooks');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(await page.title()).toMatch(/^Webhooks/);
    expect(await page.getByRole('navigation', { name: 'Where you are' }).textContent()).toContain('Developer Hub');
  });

  it('says that there is no such page', async () => {
    const page = await test().visit('/webhooks');
    await page.goto(new URL('/nowhere/at/all', page.url()).href);
    await page.getByText('There is no such page').waitFor();
  });

  it('fits a screen of 360 px, navigation included', async () => {
    const page = await test().visit('/webhooks', { screen: 'phone', pseudo: true });
    await page.getByRole('button', { name: /Ɱ|Ṁáíñ/ }).click();
    await page.getByRole('link', { name: /Öṽéŕṽ/ }).waitFor();
    await expectFits(page);
    await expectAccessible(page);
  });
});
