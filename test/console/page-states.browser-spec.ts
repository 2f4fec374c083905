import { beforeAll, describe, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';
import { callTo, LONGEST_WAIT_MS, refuse, REFUSED_TITLE, TRACE_ID } from './intercepted.js';

interface Rows {
  readonly data: readonly { readonly id: string; readonly deliveryId: string; readonly eventId: string }[];
}

interface Seeded extends Omit<Rows['data'][number], 'id'> {
  readonly webhook: string;
  readonly attempt: string;
}

interface PageCase {
  readonly name: string;
  readonly path: (seeded: Seeded) => string;
  /** The path of the call that it is read with. */
  readonly call: RegExp;
}

const WEBHOOK = /^\/v1\/webhooks\/wh_[^/]+$/;

/** What shows one thing rather than a list. */
const PAGES: readonly PageCase[] = [
  { name: 'the overview', path: () => '/', call: /^\/v1\/stats\/overview$/ },
  { name: 'the charts', path: () => '/', call: /^\/v1\/stats$/ },
  { name: 'a webhook', path: ({ webhook }) => `/webhooks/${webhook}/settings`, call: WEBHOOK },
  { name: 'the form of a webhook', path: ({ webhook }) => `/webhooks/${webhook}/edit`, call: WEBHOOK },
  { name: 'the form of a copy', path: ({ webhook }) => `/webhooks/new?from=${webhook}`, call: WEBHOOK },
  { name: 'the events to choose from', path: () => '/webhooks/new', call: /^\/v1\/modules$/ },
  { name: 'a delivery', path: ({ deliveryId }) => `/deliveries/${deliveryId}`, call: /^\/v1\/deliveries\/[^/]+$/ },
  {
    name: 'a delivery beside the history',
    path: ({ webhook, attempt }) => `/webhooks/${webhook}/history?open=${attempt}`,
    call: /^\/v1\/deliveries\/[^/]+$/,
  },
  { name: 'an event', path: ({ eventId }) => `/events/${eventId}`, call: /^\/v1\/events\/[^/]+$/ },
  { name: 'where an event went', path: ({ eventId }) => `/events/${eventId}`, call: /\/trace$/ },
  { name: 'an event type', path: () => '/catalog/order_created', call: /^\/v1\/event-types\/order_created$/ },
];

describeConsole('a page that cannot be read', (test) => {
  let seeded: Seeded;
  beforeAll(async () => {
    const { id: webhook } = await test().createWebhook({ name: 'Pages' });
    await test().publishUntil('order_created', async (id) => {
      const [found] = (await test().api<Rows>('GET', `/v1/webhooks/${webhook}/attempts?eventId=${id}`)).data;
      if (found) seeded = { webhook, attempt: found.id, deliveryId: found.deliveryId, eventId: found.eventId };
      return found !== undefined;
    });
  });

  describe.each(PAGES.map((page) => [page.name, page] as const))('%s', (_, { path, call }) => {
    it('says what went wrong with its trace id, and is read again when told to', async () => {
      let failing = true;
      const page = await test().visit(path(seeded), {
        before: (opened) => opened.route(callTo(call), (route) => (failing ? refuse(route) : route.continue())),
      });
      await page.getByRole('heading', { name: REFUSED_TITLE }).first().waitFor();
      await page.getByText(TRACE_ID).first().waitFor();
      await expectAccessible(page);
      failing = false;
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await page.getByRole('heading', { name: REFUSED_TITLE }).waitFor({ state: 'detached' });
      await page.getByRole('heading', { level: 1 }).waitFor();
    });

    it('can be read while it is on its way, and does not wait for ever', async () => {
      const page = await test().visit(path(seeded), {
        before: async (opened) => {
          await opened.clock.install();
          await opened.route(callTo(call), () => undefined);
        },
      });
      await expectAccessible(page);
      await eventually(async () => {
        await page.clock.fastForward(LONGEST_WAIT_MS);
        return (await page.getByRole('heading', { name: 'No answer came' }).count()) > 0;
      });
    });
  });
});
