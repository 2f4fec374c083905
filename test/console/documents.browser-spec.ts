import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually, WebhookReceiver } from '#libs/testing';
import { describeConsole } from './console-test.js';
import { WebhookForm } from './webhook-form.js';

const QUERY = ['event_id', 'event_time', 'event_type'];

/** What the five documents ask of the screens, where no other spec does it on its way. */
describeConsole('what the documents ask for:', (test) => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  afterAll(() => receiver.close());

  const sentTo = (path: string) => receiver.requests.filter(({ url }) => url?.split('?')[0] === path);

  it('the module narrows the events that a webhook can be told of', async () => {
    const page = await test().visit('/webhooks/new');
    await page.getByRole('checkbox', { name: 'contact_updated' }).first().waitFor();
    await new WebhookForm(page).choose('Module', 'Orders');
    await page.getByRole('checkbox', { name: 'contact_updated' }).first().waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: 'order_created' }).first().waitFor();
  });

  it.each([
    ['POST', true],
    ['PUT', true],
    ['GET', false],
    ['DELETE', false],
  ])('a webhook with the method %s: its body %s', async (method, hasBody) => {
    const path = `/method/${method}`;
    const page = await test().visit('/webhooks/new');
    const form = new WebhookForm(page);
    await form.fill({ name: `Method ${method}`, url: receiver.url(path), event: 'order_created' });
    await form.choose('Method', method);
    await form.press('Create and send test');
    await page.getByText(/^Success: 200/).waitFor();
    await form.storeSecret();
    const [{ method: sent, url, body }] = sentTo(path) as [(typeof receiver.requests)[number]];
    const query = [...new URL(url ?? '', receiver.url('/')).searchParams.keys()].sort();
    expect([sent, body.length > 0, query]).toEqual([method, hasBody, hasBody ? [] : QUERY]);
  });

  it('a webhook that is inactive from the start, and one that is toggled off, get nothing and keep what they were', async () => {
    const page = await test().visit('/webhooks/new');
    const form = new WebhookForm(page);
    await form.fill({ name: 'Asleep', url: receiver.url('/asleep'), event: 'ticket.closed' });
    await page.getByRole('switch', { name: /Enabled|Active|Status/ }).uncheck();
    await form.press('Create');
    await form.storeSecret();
    await page.getByRole('heading', { level: 1, name: 'Asleep' }).waitFor();
    const { id } = await test().createWebhook({ name: 'Awake', url: receiver.url('/awake'), events: ['ticket.closed'] });
    await test().publishUntil('ticket.closed', () => Promise.resolve(sentTo('/awake').length > 0));
    const before = await test().api<object>('GET', `/v1/webhooks/${id}`);
    await page.goto(new URL(`/webhooks/${id}`, page.url()).href);
    await page.getByRole('switch').first().uncheck();
    await eventually(async () => (await test().api<{ status: string }>('GET', `/v1/webhooks/${id}`)).status === 'disabled');
    const kept = ({ name, url, events }: Record<string, unknown>) => ({ name, url, events });
    expect(kept(await test().api('GET', `/v1/webhooks/${id}`))).toEqual(kept(before as Record<string, unknown>));
    expect(sentTo('/asleep')).toEqual([]);
  });

  it('a test is in the history with Payload, Headers and Response below name, URL and events, and is no Last Event Hit', async () => {
    const { id } = await test().createWebhook({ name: 'Tried', url: receiver.url('/tried'), events: ['order_updated'] });
    await test().api('POST', `/v1/webhooks/${id}/test`);
    const page = await test().visit(`/webhooks/${id}/history`);
    await page.getByRole('heading', { level: 1, name: 'Tried' }).waitFor();
    await page.getByText(receiver.url('/tried')).first().waitFor();
    await page.getByText('order_updated', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: /^View details of test\.webhook/ }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('test.webhook').first().waitFor();
    await drawer.getByRole('tab', { name: 'Headers' }).click();
    await drawer.getByRole('row', { name: /^x-hookstream-test/ }).waitFor();
    await drawer.getByRole('tab', { name: 'Response' }).click();
    await drawer.getByText('200', { exact: true }).last().waitFor();
    await page.goto(new URL('/webhooks', page.url()).href);
    await page.locator(`tr[data-row="${id}"]`).getByText('None yet').waitFor();
  });

  it('several webhooks of one channel, each as it is, in a list of that channel alone', async () => {
    await test().createWebhook({ name: 'West default', channelId: 'west', events: ['MESSAGE_RECEIVED'] });
    await test().createWebhook({ name: 'West Z-API', channelId: 'west', events: ['MESSAGE_STATUS'], payloadFormat: 'Z_API' });
    await test().createWebhook({ name: 'East', channelId: 'east', events: ['MESSAGE_RECEIVED'] });
    const page = await test().visit('/webhooks?channelId=west');
    await page.getByRole('link', { name: 'West Z-API' }).waitFor();
    expect(await page.locator('tr[data-row]').count()).toBe(2);
  });

  it('a page of all events with when each was last updated, found from the menu under the configured title', async () => {
    const page = await test().visit('/webhooks');
    await page.getByText('Developer Hub').waitFor();
    await page.getByRole('link', { name: 'Event catalog' }).click();
    await page.getByRole('columnheader', { name: 'Last updated' }).first().waitFor();
    await page.getByRole('link', { name: 'form_submitted' }).waitFor();
  });
});
