import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually, TestKafka, uniqueName } from '#libs/testing';
import { expectAccessible } from './checks.js';
import { describeConsole } from './console-test.js';
import { answerNothing, callTo, holdLiveAttempts, LONGEST_WAIT_MS, refuse, REFUSED_TITLE, TRACE_ID } from './intercepted.js';
import { type ListCase, LISTS, type Seeded } from './list-cases.js';
import { BROKERS, callApi } from './system.js';

interface Rows {
  readonly data: readonly unknown[];
}

describeConsole('every list', (test) => {
  let kafka: TestKafka;
  let seeded: Seeded;

  beforeAll(async () => {
    kafka = new TestKafka([...BROKERS]);
    const mark = uniqueName('unreadable');
    await kafka.produce('orders', [{ value: `{"${mark}":` }]);
    const [quiet, bare] = [`${test().account}-quiet`, `${test().account}-bare`];
    for (const id of [quiet, bare]) await callApi('POST', '/v1/accounts', { body: { id, name: id } });
    const webhook = await test().createWebhook({ name: 'Lists' });
    const body = { name: 'Quiet', url: 'http://127.0.0.1:9/quiet', events: ['order_created'] };
    const { id: quietWebhook } = await callApi<{ id: string }>('POST', '/v1/webhooks', { body, account: quiet });
    seeded = { webhook: webhook.id, quietWebhook, quiet, bare };
    await test().publishUntil('order_created', async (id) => {
      return (await test().api<Rows>('GET', `/v1/webhooks/${webhook.id}/attempts?eventId=${id}`)).data.length > 0;
    });
    await eventually(async () => (await callApi<Rows>('GET', '/v1/dead-letters')).data.length > 0);
  });
  afterAll(() => kafka?.close());

  const state = (page: Page, ...names: string[]) => page.locator(names.map((name) => `[data-list-state="${name}"]`).join(', ')).waitFor();
  const settled = (page: Page, { rows }: ListCase) => (rows ? state(page, 'data') : state(page, 'data', 'empty'));
  const as = ({ admin }: ListCase) => (admin ? 'admin' : 'account');

  describe.each(LISTS.map((list) => [list.name, list] as const))('%s', (_, list) => {
    it('has a skeleton, says what went wrong with its trace id, and is read again when told to', async () => {
      let failing = true;
      let answer: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (answer = resolve));
      const page = await test().visit(list.path(seeded), {
        as: as(list),
        before: async (opened) => {
          await holdLiveAttempts(opened);
          await opened.route(callTo(list.call), (route) => held.then(() => (failing ? refuse(route) : route.continue())));
        },
      });
      await state(page, 'skeleton');
      await expectAccessible(page);
      answer();
      await state(page, 'error');
      const panel = page.locator('[data-list-state="error"]');
      await panel.getByRole('heading', { name: REFUSED_TITLE }).waitFor();
      await panel.getByText(TRACE_ID).waitFor();
      await expectAccessible(page);
      failing = false;
      await panel.getByRole('button', { name: 'Try again' }).click();
      await settled(page, list);
    });

    if (list.noMatch !== undefined) {
      it('says that nothing matches its filters, and takes them away', async () => {
        const page = await test().visit(`${list.path(seeded)}${list.noMatch}`, { as: as(list) });
        await state(page, 'no-match');
        await expectAccessible(page);
        await page.getByRole('button', { name: 'Clear filters' }).click();
        await settled(page, list);
      });
    }

    it(`says what it is for while it is empty${list.empty.action ? ', and offers the first step' : ''}`, async () => {
      const { path = list.path, account, words, action } = list.empty;
      const page = await test().visit(
        path(seeded),
        account
          ? { as: 'admin', account: account(seeded) }
          : { as: as(list), before: (opened) => opened.route(callTo(list.call), answerNothing) },
      );
      await state(page, 'empty');
      const panel = page.locator('[data-list-state="empty"]');
      expect(await panel.textContent()).toContain(words);
      const step = action === undefined ? [] : [panel.getByRole('button', { name: action }).or(panel.getByRole('link', { name: action }))];
      for (const one of step) expect(await one.count()).toBe(1);
      await expectAccessible(page);
    });
  });

  // One client makes all calls.
  it('does not wait for ever', async () => {
    const [list] = LISTS as readonly [ListCase];
    const page = await test().visit(list.path(seeded), {
      as: as(list),
      before: async (opened) => {
        await opened.clock.install();
        await opened.route(callTo(list.call), () => undefined);
      },
    });
    await state(page, 'skeleton');
    await eventually(async () => {
      await page.clock.fastForward(LONGEST_WAIT_MS);
      return (await page.locator('[data-list-state="error"]').count()) > 0;
    });
    await page.getByText('No answer came').waitFor();
  });

  it('keeps its rows when they cannot be read again, and says so', async () => {
    let failing = false;
    const page = await test().visit('/webhooks', {
      before: (opened) => opened.route(callTo(LISTS[0]!.call), (route) => (failing ? refuse(route) : route.continue())),
    });
    await state(page, 'data');
    failing = true;
    await page.getByText(`This may be out of date. ${REFUSED_TITLE}`).waitFor();
    expect(await page.locator('tr[data-row]').count()).toBeGreaterThan(0);
    await expectAccessible(page);
    failing = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('This may be out of date.').waitFor({ state: 'detached' });
  });
});
