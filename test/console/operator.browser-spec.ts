import { expect, it } from '@jest/globals';
import { uniqueName } from '#libs/testing';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';

describeConsole('the operator’s page', (test) => {
  it('is for administrators only', async () => {
    const page = await test().visit('/operator');
    await page.getByText('This page is for administrators.').waitFor();
  });

  it('has tabs that can be opened in a new one', async () => {
    const page = await test().visit('/operator', { as: 'admin' });
    expect(await page.getByRole('tab', { name: 'Audit log' }).getAttribute('href')).toBe('/operator?tab=audit');
  });

  it('shows the lag of every consumer group', async () => {
    const page = await test().visit('/operator', { as: 'admin' });
    await page.getByRole('rowheader', { name: /projector/ }).waitFor();
    // A row that opens nothing has the focus itself.
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-row'))).toBe(true);
  });

  it('makes an account with a role, changes it, and deletes it with a warning', async () => {
    const name = uniqueName('Customer');
    const page = await test().visit('/operator?tab=accounts', { as: 'admin' });
    await page.getByRole('button', { name: 'New account' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await page.getByLabel('Owner’s email').fill('owner@example.com');
    await page.getByRole('combobox', { name: 'Roles' }).fill('ENTERPRISE');
    await page.keyboard.press('Enter');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create account' }).click();
    const row = page.locator('tr', { hasText: name });
    await row.getByText('ENTERPRISE').waitFor();

    await row.getByRole('button', { name: `Edit ${name}` }).click();
    await page.getByLabel('Owner’s email').fill('other@example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await row.getByText('other@example.com').waitFor();
    const other = await test().visit('/operator?tab=accounts', { as: 'admin' });
    await other.getByRole('link', { name, exact: true }).click();
    await other.waitForURL((url) => url.pathname === '/webhooks' && url.search === '');
    await other.getByText('No webhooks yet.').waitFor();

    await row.getByRole('button', { name: `Delete ${name}` }).click();
    await page.getByText('This is permanent and cannot be undone.').waitFor();
    await page.getByRole('dialog').getByText('0 webhooks').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete account' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('tells in the audit log who did what, as it was and as it is', async () => {
    const page = await test().visit('/operator?tab=audit', { as: 'admin' });
    await page.locator('tr[data-row]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('heading', { name: 'After' }).waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('dialog').getByRole('heading', { name: 'After' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?tab=audit');
  });
});
