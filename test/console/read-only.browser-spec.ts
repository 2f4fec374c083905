import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '#libs/testing';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';
import { callApi } from './system.js';

const REASON = 'Your API key lacks the scope webhooks:write.';
/** What changes something, wherever it stands. */
const CHANGES =
  /^(New Webhook|New API key|New account|Edit.*|Send Test|Send.*test.*|Send a test.*|Probe now|Reset.*|Enable.*|Rotate.*|Revoke.*|Redeliver.*|Retry.*|Try now|Subscribe|Duplicate|Delete.*|Create.*|Cancel delivery)$/i;

interface Health {
  readonly health: { readonly state: string };
}

interface Rows {
  readonly data: readonly { readonly id: string; readonly deliveryId: string; readonly eventId: string }[];
}

describeConsole('a key that may only read', (test) => {
  let as: { readonly key: string };
  let webhook: string;
  let disabled: string;
  let attempt: Rows['data'][number];

  beforeAll(async () => {
    as = { key: await test().keyWith('webhooks:read', 'deliveries:read') };
    webhook = (await test().createWebhook({ name: 'Failing', retryPolicy: { schedule: ['1s'], finalStatuses: [] } })).id;
    disabled = (await test().createWebhook({ name: 'Switched off' })).id;
    await test().api('POST', `/v1/webhooks/${disabled}/disable`);
    await test().publishUntil('order_created', async (id) => {
      const [found] = (await test().api<Rows>('GET', `/v1/webhooks/${webhook}/attempts?eventId=${id}`)).data;
      if (found) attempt = found;
      return found !== undefined;
    });
    // Enough failures open the circuit, and with it the banner that offers to probe and to reset.
    await eventually(
      async () => {
        await test().api('POST', '/v1/events', { type: 'order_created', data: { id: 1 } });
        return (await test().api<Health>('GET', `/v1/webhooks/${webhook}`)).health.state === 'paused';
      },
      { timeoutMs: 30_000 },
    );
  });

  const pages: readonly (readonly [string, () => string])[] = [
    ['the overview', () => '/'],
    ['the list of webhooks', () => '/webhooks'],
    ['a webhook that is paused', () => `/webhooks/${webhook}`],
    ['a webhook that is switched off', () => `/webhooks/${disabled}`],
    ['its history', () => `/webhooks/${webhook}/history`],
    ['a delivery beside the history', () => `/webhooks/${webhook}/history?open=${attempt.id}`],
    ['its tests', () => `/webhooks/${webhook}/testing`],
    ['its settings', () => `/webhooks/${webhook}/settings`],
    ['its secrets', () => `/webhooks/${webhook}/secrets`],
    ['its activity', () => `/webhooks/${webhook}/activity`],
    ['a delivery', () => `/deliveries/${attempt.deliveryId}`],
    ['the events', () => '/events'],
    ['an event', () => `/events/${attempt.eventId}`],
    ['the catalog', () => '/catalog'],
    ['an event type', () => '/catalog/order_created'],
    ['the API keys', () => '/developers'],
    ['the operator’s page', () => '/operator'],
  ];

  /** The names of the buttons and links on the page, and in what is open above it, that change something. */
  const changesOffered = async (page: Page): Promise<string[]> => {
    const offered = await page.locator('main, [role="dialog"]').getByRole('button').or(page.locator('main').getByRole('link')).all();
    const names = await Promise.all(offered.map(async (each) => (await each.getAttribute('aria-label')) ?? (await each.innerText())));
    return names.filter((name) => CHANGES.test(name.trim()));
  };

  it.each(pages)('is offered nothing on %s that it may not do', async (_, path) => {
    const page = await test().visit(path(), { as });
    await eventually(async () => (await page.locator('main .mantine-Skeleton-root').count()) === 0);
    expect(await changesOffered(page)).toEqual([]);
    expect(await page.getByRole('switch', { name: /webhook|Failing|Switched off/i, disabled: false }).count()).toBe(0);
    await expectAccessible(page);
  });

  it('is offered less than one that may do it all', async () => {
    const page = await test().visit(`/webhooks/${webhook}`);
    await page.getByRole('button', { name: 'Probe now' }).waitFor();
    expect(await changesOffered(page)).toEqual(expect.arrayContaining(['Probe now', 'Reset']));
    await page.goto(new URL('/webhooks', page.url()).href);
    await page.getByRole('button', { name: 'Actions for Failing' }).waitFor();
    expect(await changesOffered(page)).toEqual(['New Webhook']);
  });

  it('is told at the toggle why it cannot be moved', async () => {
    const page = await test().visit('/webhooks', { as });
    const toggle = page.getByRole('switch', { name: /Failing/ });
    await toggle.waitFor();
    expect(await toggle.isDisabled()).toBe(true);
    expect(
      await toggle.evaluate((element) => document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent),
    ).toContain(REASON);
  });

  it('has a menu of a webhook with what only looks', async () => {
    const page = await test().visit('/webhooks', { as });
    await page.getByRole('button', { name: 'Actions for Failing' }).click();
    await page.getByRole('menuitem').first().waitFor();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Webhook History', 'Copy URL']);
  });

  it('has a palette without what it may not do', async () => {
    const page = await test().visit('/webhooks', { as });
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search and commands' }).waitFor();
    expect(await page.getByRole('dialog').getByText('New webhook').count()).toBe(0);
  });

  it.each([
    ['a new webhook', () => '/webhooks/new'],
    ['a copy', () => `/webhooks/new?from=${webhook}`],
    ['a change', () => `/webhooks/${webhook}/edit`],
  ])('is told by the address of %s what it lacks', async (_, path) => {
    const page = await test().visit(path(), { as });
    await page.getByText(REASON).waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    await expectAccessible(page);
  });

  it('is told what it lacks where it may not even look', async () => {
    const blind = { key: await test().keyWith('webhooks:read') };
    const page = await test().visit('/events', { as: blind });
    await page.getByText('the API key lacks the scope deliveries:read').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await expectAccessible(page);
  });

  it('is what the API refuses as well', async () => {
    const refused = callApi('POST', `/v1/webhooks/${webhook}/probe`, as);
    await expect(refused).rejects.toThrow('403');
  });
});
