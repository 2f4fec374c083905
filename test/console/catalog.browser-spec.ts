import { expect, it } from '@jest/globals';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';

describeConsole('the event catalog', (test) => {
  it('lists events by module, found by a text in the address', async () => {
    const page = await test().visit('/catalog');
    await page.getByRole('link', { name: 'order_created' }).waitFor();
    await page.getByLabel('Find an event').fill('ticket');
    await page.getByRole('link', { name: 'order_created' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('q')).toBe('ticket');
    await expectAccessible(page);
  });

  it('shows a type with schema and sample, and leads to a webhook for it', async () => {
    const page = await test().visit('/catalog/order_created');
    await page.getByRole('heading', { name: 'Schema' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Subscribe' }).click();
    await page.waitForURL('**/webhooks/new?event=order_created');
  });

  it('sends the sample to a webhook, found on the server, as a test', async () => {
    const { name } = await test().createWebhook({ url: 'http://127.0.0.1:9/found-by-url' });
    const page = await test().visit('/catalog/order_created');
    await page.getByRole('button', { name: 'Send Test' }).click();
    await page.getByRole('combobox', { name: 'Webhook' }).click();
    await page.keyboard.type('found-by-url');
    await page.getByRole('option', { name }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send Test' }).click();
    await page.waitForURL('**/history?deliveryId=dlv_**');
  });
});
