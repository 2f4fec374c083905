import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { eventually, uniqueName } from '#libs/testing';
import { findChromium } from './chromium.mjs';
import { ADMIN_KEY, callApi, SYSTEM_URL } from './system.js';

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 860 };
const READY_MS = 15_000;
const ARRIVAL_MS = 8_000;
// A status of failure is what some specs are about; the page's own code must not complain about anything.
const EXPECTED = /^Failed to load resource/;

export interface VisitOptions {
  readonly scheme?: 'light' | 'dark';
  /** `phone`: 360 px wide. */
  readonly screen?: 'desk' | 'phone';
  /** Whose key is signed in; the account's own by default, nobody's for `none`, the given one for `{ key }`. */
  readonly as?: 'account' | 'admin' | 'none' | { readonly key: string };
  /** Which account an administrator looks at; that of the spec by default. */
  readonly account?: string;
  /** What is done to the page before it is opened, such as holding calls back. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** Shows the pseudo-locale. */
  readonly pseudo?: boolean;
}

/** A browser, and an account of its own for one spec file. */
export class ConsoleTest {
  readonly account = uniqueName('account');
  /** An API key of the account with every scope but `admin`. */
  key = '';
  /** What pages complained about: errors of their code, and what the policy refused. */
  readonly faults: string[] = [];
  /** Kept from test to test: the files of the console are fetched and compiled once for each. */
  private readonly profiles = new Map<string, BrowserContext>();
  private readonly contexts: BrowserContext[] = [];
  private constructor(private readonly browser: Browser) {}

  static async start(): Promise<ConsoleTest> {
    const browser = await chromium.launch({ executablePath: findChromium()!, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    const test = new ConsoleTest(browser);
    await callApi('POST', '/v1/accounts', { body: { id: test.account, name: test.account } });
    test.key = await test.keyWith('webhooks:read', 'webhooks:write', 'events:write', 'deliveries:read', 'deliveries:redeliver');
    return test;
  }

  /** Opens an address of the console, such as `/webhooks`, in a tab that knows nothing of what tests before it did. */
  async visit(path: string, options: VisitOptions = {}): Promise<Page> {
    const { scheme = 'light', screen = 'desk', as = 'account', account = this.account, pseudo = false, before } = options;
    // What is done to a page before it opens may be done to its whole profile.
    const isOwn = before !== undefined || as === 'none';
    const context = await (isOwn ? this.profile(scheme, screen) : this.keptProfile(scheme, screen));
    if (isOwn) this.contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(`${path}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) this.faults.push(`${path}: ${message.text()}`);
    });
    if (as !== 'none') {
      const held = JSON.stringify({
        token: typeof as === 'object' ? as.key : as === 'admin' ? ADMIN_KEY : this.key,
        kind: 'key',
        ...(as === 'admin' ? { account } : {}),
      });
      await page.addInitScript(
        `sessionStorage.getItem('hookstream.credentials') ?? sessionStorage.setItem('hookstream.credentials', ${JSON.stringify(held)})`,
      );
    }
    const url = new URL(path, SYSTEM_URL);
    if (pseudo) url.searchParams.set('locale', 'en-XA');
    await before?.(page);
    await page.goto(url.href);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  /** An API key of the account with these scopes alone. */
  async keyWith(...scopes: string[]): Promise<string> {
    const body = { name: uniqueName('key'), scopes };
    return (await callApi<{ key: string }>('POST', `/v1/accounts/${this.account}/api-keys`, { body })).key;
  }

  /** Calls the management API as the account. */
  api<T>(method: string, path: string, body?: unknown): Promise<T> {
    return callApi<T>(method, path, { body, key: this.key });
  }

  /** Makes a webhook of the account. */
  createWebhook(settings: object = {}): Promise<{ readonly id: string; readonly name: string; readonly secret: string }> {
    return this.api('POST', '/v1/webhooks', {
      name: uniqueName('webhook'),
      url: 'http://127.0.0.1:9/hooks',
      events: ['order_created'],
      signing: true,
      ...settings,
    });
  }

  /**
   * Publishes an event, and another one while it has not arrived: the router may hear of a webhook made just now after the event.
   * @param arrived whether the event with this id did what the test waits for
   * @returns the id of the event that arrived
   */
  publishUntil(type: string, arrived: (eventId: string) => Promise<boolean>, data: object = { id: 1 }): Promise<string> {
    return eventually(
      async () => {
        const { id } = await this.api<{ id: string }>('POST', '/v1/events', { type, data });
        return eventually(() => arrived(id), { timeoutMs: ARRIVAL_MS }).then(
          () => id,
          () => undefined,
        );
      },
      { timeoutMs: 3 * ARRIVAL_MS },
    );
  }

  /** Ends the pages of a test. @returns what they complained about */
  async leave(): Promise<readonly string[]> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
    await Promise.all([...this.profiles].map(([name, context]) => this.forget(name, context)));
    return this.faults.splice(0);
  }

  private async keptProfile(scheme: 'light' | 'dark', screen: 'desk' | 'phone'): Promise<BrowserContext> {
    const name = `${scheme} ${screen}`;
    const kept = this.profiles.get(name) ?? (await this.profile(scheme, screen));
    this.profiles.set(name, kept);
    return kept;
  }

  private async profile(scheme: 'light' | 'dark', screen: 'desk' | 'phone'): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      viewport: screen === 'phone' ? PHONE : DESK,
      colorScheme: scheme,
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Berlin',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(READY_MS);
    return context;
  }

  /** Leaves of a profile nothing but its cache; one that cannot be cleaned is given up. */
  private async forget(name: string, context: BrowserContext): Promise<void> {
    const [page, ...others] = context.pages();
    if (!page) return;
    try {
      await Promise.all(others.map((other) => other.close()));
      await page.goto(new URL('/healthz', SYSTEM_URL).href);
      await page.evaluate(() => localStorage.clear());
      await page.close();
    } catch {
      this.profiles.delete(name);
      await context.close();
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/**
 * A `describe` of specs in a real browser; left out, aloud, where none is installed. After each of them the page must not have
 * complained about anything, be it an error or something that its policy refused.
 */
export function describeConsole(name: string, body: (test: () => ConsoleTest) => void): void {
  const suite = findChromium() && SYSTEM_URL !== '' ? describe : describe.skip;
  suite(name, () => {
    let test: ConsoleTest;
    beforeAll(async () => {
      test = await ConsoleTest.start();
    });
    afterEach(async () => {
      expect(await test.leave()).toEqual([]);
    });
    afterAll(async () => {
      await test?.close();
    });
    body(() => test);
  });
}
