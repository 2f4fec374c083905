import { expect, it } from '@jest/globals';
import { asksBeforeUnload, expectAccessible, expectFits } from './checks.js';
import { describeConsole } from './console-test.js';
import { SYSTEM_URL } from './system.js';

describeConsole('the developers’ page', (test) => {
  const opens = async (key: string) => (await fetch(`${SYSTEM_URL}/v1/webhooks`, { headers: { authorization: `Bearer ${key}` } })).status;

  it('makes a key that is shown once and opens, rotates it, and revokes it', async () => {
    const page = await test().visit('/developers', { as: 'admin' });
    await page.getByRole('button', { name: 'New API key' }).click();
    await page.getByLabel('Name').fill('Deploy pipeline');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create key' }).click();
    const shown = page.locator('[data-shown-key]');
    const first = await shown.innerText();
    expect(await opens(first)).toBe(200);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+K');
    expect([await shown.isVisible(), await page.getByRole('dialog').count(), await asksBeforeUnload(page)]).toEqual([true, 1, true]);
    await page.getByRole('button', { name: 'I stored it' }).click();
    await shown.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(first);

    await page.getByRole('button', { name: 'Rotate Deploy pipeline' }).click();
    await page.getByRole('button', { name: 'Rotate key', exact: true }).click();
    const second = await shown.innerText();
    expect(second).not.toBe(first);
    expect([await opens(first), await opens(second)]).toEqual([200, 200]);
    await page.getByRole('button', { name: 'I stored it' }).click();

    await page.getByRole('button', { name: 'Revoke Deploy pipeline' }).click();
    await page.getByText('This is permanent and cannot be undone.').waitFor();
    await page.getByRole('button', { name: 'Revoke key', exact: true }).click();
    await page.getByRole('button', { name: 'Revoke Deploy pipeline' }).waitFor({ state: 'detached' });
    expect(await opens(second)).toBe(401);
  });

  it('has keys on pages, and tells on a phone, too, what each is allowed', async () => {
    await test().keyWith('events:write');
    // On smaller pages than it asks for.
    const page = await test().visit('/developers', {
      as: 'admin',
      screen: 'phone',
      before: (opened) =>
        opened.route('**/api-keys?**', (route) =>
          route.continue({
            url: route
              .request()
              .url()
              .replace(/limit=\d+/, 'limit=1'),
          }),
        ),
    });
    await page.locator('tr[data-row]').getByText('Scopes').waitFor();
    await expectFits(page);
    await expectAccessible(page);
    const first = await page.locator('tr[data-row]').getAttribute('data-row');
    await page.getByRole('link', { name: 'Next', exact: true }).click();
    await page.waitForURL(/cursor=/);
    await page.locator(`tr[data-row="${first}"]`).waitFor({ state: 'detached' });
    await page.locator('tr[data-row]').waitFor();
  });

  it('tells who is no administrator that keys are not theirs to make', async () => {
    const page = await test().visit('/developers');
    await page.getByText(/^Only administrators/).waitFor();
  });
});
