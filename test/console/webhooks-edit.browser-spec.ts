import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually, WebhookReceiver } from '#libs/testing';
import { describeConsole } from './console-test.js';
import { WebhookForm } from './webhook-form.js';

interface Read {
  readonly name: string;
  readonly secretLast4: string;
  readonly version: number;
  readonly timeoutMs: number;
  readonly auth: { readonly type: string };
}

describeConsole('editing a webhook', (test) => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  afterAll(() => receiver.close());

  const read = (id: string) => test().api<Read>('GET', `/v1/webhooks/${id}`);

  it('opens filled in, and leaves an untouched secret and untouched credentials alone', async () => {
    const { id, secret } = await test().createWebhook({
      name: 'Edited',
      url: receiver.url('/edited'),
      auth: { type: 'BEARER', token: 'stays' },
      headers: { 'X-Env': 'prod' },
    });
    const page = await test().visit(`/webhooks/${id}/edit`);
    const form = new WebhookForm(page);
    expect(await page.getByLabel('Request URL').inputValue()).toBe(receiver.url('/edited'));
    expect(await page.getByLabel('Name of header 1').inputValue()).toBe('X-Env');
    await page.getByText('Credentials are stored and cannot be shown.').waitFor();
    await form.fill({ name: 'Edited anew' });
    await form.press('Update');
    await page.getByRole('heading', { level: 1, name: 'Edited anew' }).waitFor();
    expect(await read(id)).toMatchObject({ name: 'Edited anew', secretLast4: secret.slice(-4), auth: { type: 'BEARER' } });
    await test().api('POST', `/v1/webhooks/${id}/test`, {});
    await eventually(() => receiver.requests.some(({ headers }) => headers.authorization === 'Bearer stays'));
  });

  it('replaces credentials when asked to, and shows a new secret once', async () => {
    const { id } = await test().createWebhook({ name: 'Replaced', url: receiver.url('/replaced'), auth: { type: 'BEARER', token: 'old' } });
    const page = await test().visit(`/webhooks/${id}/edit`);
    const form = new WebhookForm(page);
    await form.press('Replace');
    await page.getByLabel('Token').fill('new');
    await page.getByLabel('Use my own').check();
    await page.getByLabel('Your secret').fill('another secret of my own');
    await form.press('Update');
    expect(await form.storeSecret()).toBe('another secret of my own');
    await page.getByRole('heading', { level: 1, name: 'Replaced' }).waitFor();
    await test().api('POST', `/v1/webhooks/${id}/test`, {});
    await eventually(() => receiver.requests.some(({ headers }) => headers.authorization === 'Bearer new'));
  });

  it('saves nothing on Cancel', async () => {
    const { id } = await test().createWebhook({ name: 'Kept' });
    const page = await test().visit(`/webhooks/${id}/edit`);
    const form = new WebhookForm(page);
    await form.fill({ name: 'Lost' });
    await form.press('Cancel');
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { level: 1, name: 'Kept' }).waitFor();
    expect((await read(id)).version).toBe(1);
  });

  it('does not overwrite what someone else changed meanwhile', async () => {
    const { id } = await test().createWebhook({ name: 'Shared' });
    const page = await test().visit(`/webhooks/${id}/edit`);
    const form = new WebhookForm(page);
    await form.fill({ name: 'Mine' });
    await test().api('PATCH', `/v1/webhooks/${id}`, { timeoutMs: 9_000 });
    await form.press('Update');
    await page.getByText('Someone else changed this webhook meanwhile').waitFor();
    expect(await read(id)).toMatchObject({ name: 'Shared', timeoutMs: 9_000 });
    await form.press('Load the newest');
    await eventually(async () => (await page.getByLabel('Timeout').inputValue()) === '9 s');
    expect(await page.getByLabel('Webhook name').inputValue()).toBe('Shared');
  });
});
