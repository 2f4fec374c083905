import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../console/chromium.mjs';
import type { BenchSystem } from './bench.js';

const DESK = { width: 1280, height: 860 };
const DEADLINE_MS = 20_000;
const ACCOUNT = 'default';

// A task of 50 ms and more is long: until it ends, the page answers to nothing.
const WATCH_TASKS = `globalThis.longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });`;
const NOW_IDLE = 'new Promise((done) => requestIdleCallback(() => done(performance.now())))';

/** The console in a real browser, signed in with the admin key. */
export class ConsoleBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly system: BenchSystem,
  ) {}

  /** @throws Error where no Chromium is installed */
  static async start(system: BenchSystem): Promise<ConsoleBrowser> {
    const executablePath = findChromium();
    if (!executablePath) throw new Error('no Chromium is installed here: set CHROMIUM_PATH');
    const args = ['--no-sandbox', '--disable-dev-shm-usage'];
    return new ConsoleBrowser(await chromium.launch({ executablePath, args }), system);
  }

  /** Opens a screen in a profile of its own, where nothing is cached. Answers once `shown` is there. */
  async open(path: string, shown: string): Promise<Page> {
    const context: BrowserContext = await this.browser.newContext({ viewport: DESK });
    context.setDefaultTimeout(DEADLINE_MS);
    const page = await context.newPage();
    const held = JSON.stringify({ token: this.system.adminKey, kind: 'key', account: ACCOUNT });
    await page.addInitScript(`${WATCH_TASKS} sessionStorage.setItem('hookstream.credentials', ${JSON.stringify(held)})`);
    await page.goto(this.system.httpUrl + path);
    await page.locator(shown).first().waitFor();
    return page;
  }

  /** Milliseconds from the start of loading until `shown` is there and the page has nothing left to do. */
  async interactiveAfter(path: string, shown: string): Promise<number> {
    const page = await this.open(path, shown);
    const ms = await page.evaluate<number>(NOW_IDLE);
    await page.context().close();
    return ms;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** What an action of a user took. */
export interface Taken {
  /** Until what was waited for was so and the page had nothing left to do. */
  readonly ms: number;
  /** The longest time during which the page answered to nothing; 0 when all was below 50 ms. */
  readonly longestTaskMs: number;
}

/** Times an action on a page that is open, to its own end or until something else is so. */
export async function timed(page: Page, act: () => Promise<unknown>, until?: () => Promise<unknown>): Promise<Taken> {
  await page.evaluate(NOW_IDLE);
  const started = await page.evaluate<number>('longTasks.length = 0, performance.now()');
  await act();
  await until?.();
  const ended = await page.evaluate<number>(NOW_IDLE);
  return { ms: ended - started, longestTaskMs: await page.evaluate<number>('Math.max(0, ...longTasks)') };
}
