// `npm run screenshots`: pictures of the running system for the README, light and dark, into docs/screenshots/.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findRunningSystem } from '../local-stack/src/index.js';
import { makeScene } from './scene.js';

const FOLDER = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const SCREEN = { width: 1360, height: 860 };
const SETTLE_MS = 600;

interface Shot {
  readonly name: string;
  readonly path: string;
  /** Brings the page into the state to be shown; resolves when it is. */
  readonly ready: (page: Page) => Promise<unknown>;
}

const { SCREENSHOTS_URL, SCREENSHOTS_ADMIN_KEY, CHROMIUM_PATH = '/usr/bin/chromium' } = process.env;

async function main(): Promise<void> {
  const system =
    SCREENSHOTS_URL && SCREENSHOTS_ADMIN_KEY
      ? { httpUrl: SCREENSHOTS_URL, adminKey: SCREENSHOTS_ADMIN_KEY }
      : findRunningSystem(process.env['HOOKSTREAM_DATA_DIR'] ?? '.hookstream');
  if (!system) throw new Error('no system is running here: run "npm start" in another terminal first');
  const scene = await makeScene(system.httpUrl, system.adminKey);
  try {
    await mkdir(FOLDER, { recursive: true });
    const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: ['--no-sandbox'] });
    for (const scheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: SCREEN, colorScheme: scheme, deviceScaleFactor: 1.5, reducedMotion: 'reduce' });
      await signIn(context, system.adminKey, scene.account);
      for (const shot of shots(scene.webhookId)) await take(context, system.httpUrl, shot, scheme);
      await context.close();
    }
    await browser.close();
  } finally {
    await scene.close();
  }
}

function shots(webhookId: string): readonly Shot[] {
  const row = (page: Page) => page.locator('[data-row]').first().waitFor();
  return [
    { name: 'overview', path: '/?range=1h', ready: (page) => page.locator('[data-charts] figure').first().waitFor() },
    { name: 'webhooks', path: '/webhooks', ready: row },
    { name: 'create', path: '/webhooks/new?event=order_created', ready: (page) => page.getByText('webhook-id').first().waitFor() },
    {
      name: 'history',
      path: `/webhooks/${webhookId}/history`,
      ready: async (page) => {
        await row(page);
        await page.locator('[data-row] a').first().click();
        await page.getByRole('dialog').waitFor();
      },
    },
  ];
}

async function signIn(context: BrowserContext, token: string, account: string): Promise<void> {
  const held = JSON.stringify({ token, kind: 'key', account });
  await context.addInitScript(`sessionStorage.setItem('hookstream.credentials', ${JSON.stringify(held)})`);
}

async function take(context: BrowserContext, url: string, { name, path, ready }: Shot, scheme: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(url + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await ready(page);
  // Fonts, charts and the last answers.
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: join(FOLDER, `${name}-${scheme}.png`) });
  await page.close();
  console.log(`docs/screenshots/${name}-${scheme}.png`);
}

await main();
