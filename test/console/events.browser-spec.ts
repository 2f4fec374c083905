import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually, WebhookReceiver } from '#libs/testing';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';

interface Events {
  readonly data: { readonly id: string; readonly result: string; readonly matched: number }[];
}

describeConsole('the events', (test) => {
  let receiver: WebhookReceiver;
  let eventId: string;
  let healed = false;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start(({ url }, response) => {
      response.statusCode = url === '/failing' && !healed ? 500 : 200;
      response.end();
    });
    await test().createWebhook({ name: 'Good', url: receiver.url('/good') });
    await test().createWebhook({ name: 'Bad', url: receiver.url('/failing'), retryPolicy: { schedule: ['1s'], finalStatuses: [500] } });
    await test().createWebhook({ name: 'Tickets', url: receiver.url('/tickets'), events: ['ticket.closed'] });
    await test().createWebhook({ name: 'Channel', url: receiver.url('/channel'), channelId: 'br-1' });
    eventId = await test().publishUntil(
      'order_created',
      async (id) => {
        const event = (await test().api<Events>('GET', `/v1/events?id=${id}`)).data[0];
        return event?.result === 'failed' && event.matched === 2;
      },
      { orderId: 'o-1', n: 1 },
    );
  });
  afterAll(() => receiver.close());

  it('are listed with where they went, and found by id', async () => {
    const page = await test().visit(`/events?id=${eventId}`);
    const row = page.locator(`tr[data-row="${eventId}"]`);
    await row.waitFor();
    expect(await page.locator('thead th').allInnerTexts()).toEqual(['Event', 'Id', 'Occurred', 'Received', 'Source', 'Matched', 'Result']);
    await expectAccessible(page);
    await row.getByRole('link').first().click();
    await page.waitForURL(`**/events/${eventId}**`);
  });

  it('are found when no webhook wanted them, with the reason for each', async () => {
    const unwanted = await test().publishUntil(
      'product_created',
      async (id) => (await test().api<Events>('GET', `/v1/events?id=${id}`)).data[0]?.result === 'unmatched',
    );
    const page = await test().visit('/events');
    await page.getByRole('combobox', { name: 'Matched', exact: true }).click();
    await page.getByRole('option', { name: 'Not wanted' }).click();
    await page.waitForURL(/unmatched=true/);
    await page.locator(`tr[data-row="${eventId}"]`).waitFor({ state: 'detached' });
    await page.locator(`tr[data-row="${unwanted}"]`).getByText('Not wanted').waitFor();
    await page.goto(new URL(`/events/${unwanted}`, page.url()).href);
    await page.getByText('Not sent because the webhook is not subscribed to product_created.').first().waitFor();
  });

  it('say for each webhook what became of them, or why they were not sent', async () => {
    const page = await test().visit(`/events/${eventId}`);
    const row = (name: string) => page.locator('tr', { has: page.getByRole('link', { name, exact: true }) });
    await row('Tickets').getByText('Not sent because the webhook is not subscribed to order_created.').waitFor();
    await row('Channel')
      .getByText(/^Not sent because the webhook is for channel br-1/)
      .waitFor();
    await row('Good').getByText('Success').waitFor();
    await row('Bad').getByText('Failed').waitFor();
    await page.getByText('"orderId"').waitFor();
    await expectAccessible(page);
  });

  it('can be redelivered to where they are missing', async () => {
    healed = true;
    const page = await test().visit(`/events/${eventId}`);
    await page.getByRole('button', { name: 'Redeliver', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Only where it is missing/ }).click();
    await page.getByRole('dialog').getByText('about 1').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Redeliver' }).click();
    await page.getByText('Retry completed: 1 of 1 sent').waitFor({ timeout: 30_000 });
    await page.reload();
    await page.getByText('Retry completed: 1 of 1 sent').waitFor();
    await eventually(() => Promise.resolve(receiver.requests.filter(({ url }) => url === '/failing').length === 2));
    expect(receiver.requests.filter(({ url }) => url === '/good')).toHaveLength(1);
  });

  it('show the first fifty of many webhooks, those that got the event before the others, and all when asked', async () => {
    await Promise.all(Array.from({ length: 60 }, () => test().createWebhook({ status: 'disabled' })));
    const { webhooks } = await test().api<{ webhooks: unknown[] }>('GET', `/v1/events/${eventId}/trace`);
    const page = await test().visit(`/events/${eventId}`);
    const rows = page.getByRole('region', { name: 'Fan-out' }).locator('tbody tr');
    await page.getByRole('button', { name: `Show all ${webhooks.length}` }).click();
    await eventually(async () => (await rows.count()) === webhooks.length);
    await page.getByRole('button', { name: 'Show fewer' }).click();
    await eventually(async () => (await rows.count()) === 50);
    expect((await rows.getByRole('rowheader').getByRole('link').allInnerTexts()).slice(0, 2).sort()).toEqual(['Bad', 'Good']);
    await expectAccessible(page);
    await page.getByText('Matched', { exact: true }).click();
    await eventually(async () => (await rows.count()) === 2);
    expect(await page.getByRole('button', { name: /^Show all/ }).count()).toBe(0);
    await page.reload();
    await eventually(async () => (await rows.count()) === 2);
  });
});
