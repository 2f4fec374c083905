import { afterAll, beforeAll, it } from '@jest/globals';
import { eventually, uniqueName, WebhookReceiver } from '#libs/testing';
import { describeConsole } from './console-test.js';
import { callApi, MAILBOX } from './system.js';

interface Mails {
  readonly data: readonly { readonly text: string }[];
}

describeConsole('a mail about a failure', (test) => {
  let receiver: WebhookReceiver;
  let isHealed = false;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start((_request, response) => {
      response.statusCode = isHealed ? 200 : 500;
      response.end();
    });
  });
  afterAll(() => receiver.close());

  it('leads to a redelivery that succeeds in two clicks: its link, and Redeliver', async () => {
    const ownerEmail = `${uniqueName('owner')}@example.com`;
    await callApi('PATCH', `/v1/accounts/${test().account}`, { body: { ownerEmail } });
    await test().createWebhook({ url: receiver.url('/hooks'), events: ['ticket.closed'], retryPolicy: { finalStatuses: [500] } });
    await test().publishUntil('ticket.closed', async () => receiver.requests.length > 0);
    const link = await eventually(async () => {
      const { data } = (await (await fetch(`${MAILBOX}/api/mails?to=${ownerEmail}`)).json()) as Mails;
      return data.map(({ text }) => /^http\S+\/deliveries\/\S+$/m.exec(text)?.[0]).find((url) => url !== undefined);
    });
    isHealed = true;

    const page = await test().visit(new URL(link).pathname);
    await page.getByRole('button', { name: 'Redeliver' }).click();
    await page.getByRole('list', { name: 'Timeline' }).getByText('Success').waitFor();
  });
});
