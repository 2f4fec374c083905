import { Client } from 'pg';
import type { Page } from 'playwright-core';
import type { Bench, BenchSystem } from './bench.js';
import { ConsoleBrowser, type Taken, timed } from './console-browser.js';
import type { Figure } from './figure.js';
import { emptyHistory, loadHistory } from './history-load.js';
import { call, createWebhooks, deleteWebhooks } from './webhooks.js';

/** Half of them go to the webhook that is looked at. */
const ATTEMPTS = 100_000;
const INTERACTIVE_MS = 1500;
const ROWS_MS = 1000;
const STALL_MS = 200;
const ROW = '[data-row]';
const ROWS = `[...document.querySelectorAll('${ROW}')].map((row) => row.dataset.row).join()`;
const HISTORY_LINK = 'a[href$="/history"]';
const SCROLLS = 30;
const SCROLL_PX = 400;
const FRAME_MS = 16;

interface Screen {
  readonly name: string;
  readonly path: string;
  /** What the screen is for: once it is there, one can work. */
  readonly shown: string;
}

/** The console in a real browser, with 50,000 attempts of one webhook: how soon each screen can be used, and whether one is slowed down. */
export async function consoleScreens(bench: Bench): Promise<Figure[]> {
  const { system } = bench;
  const client = new Client({ connectionString: system.databaseUrl });
  // A server that stops while this is connected is no fault of its own.
  client.on('error', () => undefined);
  await client.connect();
  const webhooks: string[] = [];
  let browser: ConsoleBrowser | undefined;
  try {
    browser = await ConsoleBrowser.start(system);
    const targets = ['busy', 'other'].map((channelId) => ({ url: bench.receiver.url('/hook'), channelId }));
    webhooks.push(...(await createWebhooks(system, bench.tag(), targets)));
    await loadHistory(client, webhooks, ATTEMPTS, Date.now(), () => undefined);
    const webhookId = await busiest(client);
    const screens = await screensOf(system, webhookId);
    // The first of all reads from the disk what others find in memory, and no user is the first of all.
    await browser.interactiveAfter('/', 'dl dd');
    const figures: Figure[] = [];
    for (const { name, path, shown } of screens) {
      const values: number[] = [];
      for (let run = 0; run < bench.runs; run++) values.push(await browser.interactiveAfter(path, shown));
      figures.push({ name: `${name}, interactive`, unit: 'ms', values, reach: { atMost: INTERACTIVE_MS } });
    }
    return [...figures, ...(await walks(browser, webhookId, bench.runs))];
  } finally {
    await browser?.close();
    await emptyHistory(client);
    await client.end();
    await deleteWebhooks(system, webhooks);
  }
}

async function busiest(client: Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'select webhook_id as id from history.attempts group by webhook_id order by count(*) desc limit 1',
  );
  return rows[0]!.id;
}

async function screensOf(system: BenchSystem, webhookId: string): Promise<Screen[]> {
  const { data } = await call<{ data: { deliveryId: string; eventId: string }[] }>(
    system,
    'GET',
    `/v1/webhooks/${webhookId}/attempts?limit=1`,
  );
  const { deliveryId, eventId } = data[0]!;
  const webhook = `/webhooks/${webhookId}`;
  return [
    { name: 'overview', path: '/?range=30d', shown: '[data-charts] figure' },
    { name: 'webhooks', path: '/webhooks', shown: ROW },
    { name: 'new webhook', path: '/webhooks/new', shown: 'form input' },
    { name: 'webhook', path: webhook, shown: HISTORY_LINK },
    { name: 'history', path: `${webhook}/history`, shown: ROW },
    { name: 'history, failed', path: `${webhook}/history?status=failed`, shown: ROW },
    { name: 'delivery', path: `/deliveries/${deliveryId}`, shown: '.cm-content' },
    { name: 'events', path: '/events', shown: ROW },
    { name: 'event', path: `/events/${eventId}`, shown: '.cm-content' },
    { name: 'event catalog', path: '/catalog', shown: ROW },
    { name: 'event type', path: '/catalog/order_created', shown: '.cm-content' },
    { name: 'developers', path: '/developers', shown: '[role="tabpanel"]' },
    { name: 'operator', path: '/operator', shown: ROW },
  ];
}

/** The ways through a long history. */
async function walks(browser: ConsoleBrowser, webhookId: string, runs: number): Promise<Figure[]> {
  const taken: Record<'listed' | 'filtered' | 'paged' | 'scrolled', Taken[]> = { listed: [], filtered: [], paged: [], scrolled: [] };
  for (let run = 0; run < runs; run++) {
    const page = await browser.open(`/webhooks/${webhookId}`, ROW);
    taken.listed.push(await otherRows(page, () => page.locator(HISTORY_LINK).first().click()));
    taken.scrolled.push(await timed(page, () => scroll(page)));
    taken.paged.push(await otherRows(page, () => page.getByRole('link', { name: 'Next', exact: true }).click()));
    await page.getByRole('combobox', { name: 'Status' }).click();
    taken.filtered.push(await otherRows(page, () => page.getByRole('option', { name: 'Failed' }).click()));
    await page.context().close();
  }
  return [
    ...(['listed', 'paged', 'filtered'] as const).map((walk) => ({
      name: `50,000 attempts, ${walk}`,
      unit: 'ms',
      values: taken[walk].map(({ ms }) => ms),
      reach: { atMost: ROWS_MS },
    })),
    ...(['listed', 'scrolled', 'paged', 'filtered'] as const).map((walk) => ({
      name: `50,000 attempts, longest stall while ${walk}`,
      unit: 'ms',
      values: taken[walk].map(({ longestTaskMs }) => longestTaskMs),
      reach: { atMost: STALL_MS },
    })),
  ];
}

/** What it takes until other rows than before stand there: those stay, marked as busy, until the new ones have come. */
async function otherRows(page: Page, act: () => Promise<unknown>): Promise<Taken> {
  const before = await page.evaluate<string>(ROWS);
  const areOther = `location.pathname.endsWith('/history') && !document.querySelector('[aria-busy="true"]') && ${ROWS} !== ${JSON.stringify(before)}`;
  // Looked for with each frame. The page's own policy keeps Playwright from doing so by evaluating a text inside it.
  const come = `new Promise((done) => { (function look() { ${areOther} ? done() : requestAnimationFrame(look); })(); })`;
  return timed(page, act, () => page.evaluate(come));
}

async function scroll(page: Page): Promise<void> {
  await page.mouse.move(700, 600);
  for (let i = 0; i < SCROLLS; i++) {
    await page.mouse.wheel(0, i < SCROLLS / 2 ? SCROLL_PX : -SCROLL_PX);
    await page.waitForTimeout(FRAME_MS);
  }
}
