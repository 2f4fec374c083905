import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { plainSignature, SigningKey, standardWebhookSignature } from '#libs/signing';
import { eventually, WebhookReceiver } from '#libs/testing';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';
import { callTo, REFUSED_TITLE, refuse } from './intercepted.js';
import { WebhookForm } from './webhook-form.js';

describeConsole('the page of a webhook', (test) => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start((request, response) => {
      response.statusCode = request.url === '/broken' ? 503 : 200;
      response.end('{"answer":42}');
    });
  });
  afterAll(() => receiver.close());

  it('sends an edited sample and shows the answer in place', async () => {
    const { id } = await test().createWebhook({ name: 'Tried', url: receiver.url('/tried') });
    const page = await test().visit(`/webhooks/${id}/testing`);
    const form = new WebhookForm(page);
    await page.getByText('test of your webhook').waitFor();
    expect(JSON.parse(await page.getByLabel('Data').inputValue())).toMatchObject({ webhookId: id, webhookName: 'Tried' });
    await form.choose('Event', 'order_created');
    await page.getByLabel('Data').fill('{"orderId": 7}');
    await form.press('Send Test');
    await page.getByText(/^Success: 200 in \d+ ms/).waitFor();
    await page.getByLabel('Response body').and(page.locator('.cm-content')).getByText('"answer": 42').waitFor();
    expect(JSON.parse(receiver.requests.at(-1)!.body.toString())).toMatchObject({ event: 'order_created', data: { orderId: 7 } });
    await page.getByLabel('Data').fill('{');
    await page.getByText(/^This is no JSON/).waitFor();
    expect(await page.getByRole('button', { name: 'Send Test' }).isDisabled()).toBe(true);
  });

  it('says why a test failed', async () => {
    const { id } = await test().createWebhook({ url: receiver.url('/broken') });
    const page = await test().visit(`/webhooks/${id}/testing`);
    await new WebhookForm(page).press('Send Test');
    await page.getByText(/^Failed: 503 after \d+ ms/).waitFor();
    await page.getByText(/^The receiver failed \(503\)/).waitFor();
  });

  it('tells a right signature from a wrong one, and what was done wrong', async () => {
    const { id, secret } = await test().createWebhook();
    const body = '{"a":1}';
    const timestamp = Math.floor(Date.now() / 1000);
    const key = SigningKey.from(secret);
    const page = await test().visit(`/webhooks/${id}/testing`);
    await page.getByLabel('webhook-id').fill('evt_1');
    await page.getByLabel('webhook-timestamp').fill(String(timestamp));
    await page.getByLabel('Signature', { exact: true }).fill(standardWebhookSignature([key], 'evt_1', timestamp, Buffer.from(body)));
    await page.getByLabel('Body').fill(body);
    await page.getByLabel('Secret', { exact: true }).fill(secret);
    await page.getByText('The signature is right', { exact: true }).waitFor();
    await page.getByLabel('Body').fill('{ "a": 1 }');
    await page.getByText('The signature does not match').waitFor();
    await page.getByText(/parsed and printed again/).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Signature', { exact: true }).fill(plainSignature(key, Buffer.from('{ "a": 1 }')));
    await page.getByText('The signature is right', { exact: true }).waitFor();
    // As on plain http away from localhost.
    await page.evaluate(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
    await page.getByLabel('Body').fill(body);
    await page.getByText('This page cannot compute signatures').waitFor();
    await page.getByText('The signature is right', { exact: true }).waitFor({ state: 'hidden' });
  });

  it('rotates the secret with an overlap, which can be ended', async () => {
    const { id, secret } = await test().createWebhook({ name: 'Rotated' });
    const page = await test().visit(`/webhooks/${id}/secrets`);
    const form = new WebhookForm(page);
    await form.press('Rotate secret');
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate secret' }).click();
    await page.getByText('The secret before signs too until').waitFor();
    expect(await form.storeSecret()).not.toBe(secret);
    await page.getByText('Previous, still signs').waitFor();
    await form.press('End now');
    await page.getByRole('dialog', { name: 'End the previous secret of Rotated?' }).getByText('This is permanent').waitFor();
    await form.press('End the previous secret');
    await page.getByText('Previous, still signs').waitFor({ state: 'hidden' });
  });

  it('shows who changed what, as a diff, and no secret', async () => {
    const { id, secret } = await test().createWebhook({ name: 'Watched' });
    await test().api('PATCH', `/v1/webhooks/${id}`, { name: 'Watched closely', headers: { 'X-Env': 'hidden-value' } });
    const page = await test().visit(`/webhooks/${id}/activity`);
    const changed = page.getByRole('listitem').filter({ hasText: 'Settings changed' });
    await changed.locator('del', { hasText: 'Watched' }).waitFor();
    await changed.locator('ins', { hasText: 'Watched closely' }).waitFor();
    await page.getByText('X-Env: changed (hidden)').waitFor();
    await page.getByRole('switch', { name: /Watched closely/ }).click();
    await page.getByText('version 3').waitFor();
    // On smaller pages than it asks for.
    await page.route('**/changes?**', (route) =>
      route.continue({
        url: route
          .request()
          .url()
          .replace(/limit=\d+/, 'limit=1'),
      }),
    );
    await page.reload();
    await page.getByRole('link', { name: 'Next', exact: true }).click();
    await page.getByText('version 2').waitFor();
    await page.waitForURL(/cursor=/);
    await page.reload();
    await page.getByText('version 2').waitFor();
    await page.unroute('**/changes?**');
    await page.getByRole('link', { name: 'Previous', exact: true }).click();
    await page.getByRole('listitem').filter({ hasText: 'Settings changed' }).waitFor();
    const all = await page.locator('main').textContent();
    expect([all!.includes('hidden-value'), all!.includes(secret)]).toEqual([false, false]);
  });

  it('says how an endpoint is and what can be done about it', async () => {
    const { id } = await test().createWebhook({ name: 'Switched off', status: 'disabled' });
    const page = await test().visit(`/webhooks/${id}`);
    await page.getByText('Switched off. The configuration is kept').waitFor();
    await page.getByRole('button', { name: 'Enable…' }).click();
    await page
      .getByText('Nothing was missed meanwhile.')
      .or(page.getByRole('switch', { name: /Also send/ }))
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Enable', exact: true }).click();
    await eventually(async () => (await test().api<{ status: string }>('GET', `/v1/webhooks/${id}`)).status === 'enabled');
    await page.getByText('The configuration is kept').waitFor({ state: 'hidden' });
  });

  it('stays to say that it is enabled when the redelivery is refused, and tries that again', async () => {
    const { id, name } = await test().createWebhook({ url: receiver.url('/missed'), status: 'disabled' });
    const since = new Date(Date.now() - 60_000).toISOString();
    await test().publishUntil('order_created', async () => {
      const { count } = await test().api<{ count: number }>('POST', `/v1/webhooks/${id}/redeliver`, { since, dryRun: true });
      return count > 0;
    });
    const page = await test().visit(`/webhooks/${id}`);
    await page.getByRole('button', { name: 'Enable…' }).click();
    await page.getByRole('switch', { name: /Also send/ }).check();
    await page.route(callTo(/\/redeliver$/), refuse);
    await page.getByRole('button', { name: 'Enable and redeliver' }).click();
    const dialog = page.getByRole('dialog', { name: `${name} is enabled` });
    await dialog.getByText(REFUSED_TITLE).waitFor();
    await page.getByText('The configuration is kept').waitFor({ state: 'hidden' });
    await page.unrouteAll();
    await dialog.getByRole('button', { name: 'Redeliver again' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await eventually(() => receiver.requests.some(({ url }) => url === '/missed'));
  });

  it('shows the hours of the last day as bars or as a table', async () => {
    const { id } = await test().createWebhook({ name: 'Counted', url: receiver.url('/counted') });
    await test().publishUntil(
      'order_created',
      async () => (await test().api<{ counts: { succeeded: number } | null }>('GET', `/v1/webhooks/${id}`)).counts?.succeeded === 1,
    );
    const page = await test().visit(`/webhooks/${id}`);
    await page.getByRole('img', { name: /Attempts hour by hour/ }).waitFor();
    await page.getByRole('button', { name: 'Show as table' }).click();
    expect(await page.getByRole('row', { name: /^this hour 1 0/ }).count()).toBe(1);
  });

  it('has the tab that is shown in sight on a narrow screen', async () => {
    const { id } = await test().createWebhook({ url: receiver.url('/ok') });
    const page = await test().visit(`/webhooks/${id}/activity`, { screen: 'phone' });
    const tab = (name: string) => page.getByRole('navigation', { name: 'Parts of this webhook' }).getByRole('link', { name });
    const inSight = async (name: string) => {
      const box = (await tab(name).boundingBox())!;
      return box.x >= 0 && box.x + box.width <= 360;
    };
    await page.getByText('version 1').waitFor();
    expect([await inSight('Activity'), await inSight('Overview')]).toEqual([true, false]);
    await tab('Overview').click();
    await eventually(() => inSight('Overview'));
  });
});
