import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// Shown for as long as the mouse or the focus rests on something, beside the landmarks as every tooltip.
const TOOLTIP = '[role="tooltip"]';

/** That axe finds nothing on what the page shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  // What passed takes most of its time to write down. The legacy mode runs in this page alone; the other one opens a second.
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .exclude(TOOLTIP)
    .withTags(RULES)
    .setLegacyMode(true);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
  expect(found).toEqual([]);
  expect(await cutWords(page)).toEqual([]);
}

/** Whether closing the tab would ask first. */
export function asksBeforeUnload(page: Page): Promise<boolean> {
  return page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
}

/** Words of badges and switches that are not to be seen whole; one whose `title` says all may be cut. */
function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isCut = (element: Element): boolean => {
      for (let around: Element | null = element; around && around !== document.body; around = around.parentElement) {
        const { overflowX } = getComputedStyle(around);
        if (overflowX === 'visible') continue;
        const [inner, outer] = [element.getBoundingClientRect(), around.getBoundingClientRect()];
        // What scrolls can be reached.
        if (around !== element && overflowX !== 'hidden') return false;
        if (around === element ? element.scrollWidth > element.clientWidth + 1 : inner.right > outer.right + 1) return true;
      }
      return false;
    };
    const words = document.querySelectorAll('.mantine-Badge-label, .mantine-Switch-label');
    return [...words].filter((word) => !word.closest('[title]') && isCut(word)).map((word) => word.textContent ?? '');
  });
}

/** That nothing sticks out of the page sideways; what scrolls inside a frame of its own may be wider. */
export async function expectFits(page: Page): Promise<void> {
  const [shown, needed] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth] as const);
  expect(needed).toBeLessThanOrEqual(shown);
  expect(await cutWords(page)).toEqual([]);
}

/**
 * That every text of the page went through the keys: in the pseudo-locale what did not is plain. What is data (in `code`, `time`,
 * `[data-value]` or `.mantine-Code-root`, or among `known`) may be.
 */
export async function expectTranslated(page: Page, known: readonly (string | RegExp)[] = []): Promise<void> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest('script, style, noscript, code, pre, time, kbd, svg, [data-value], .cm-editor, [role="img"] *'))
        continue;
      const text = node.textContent?.trim() ?? '';
      if (/[A-Za-z]{2}/.test(text)) found.push(text);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      if (element.closest('[role="img"]') !== null && element.getAttribute('role') !== 'img') continue;
      for (const name of ['aria-label', 'placeholder', 'title']) {
        const text = element.getAttribute(name) ?? '';
        if (/[A-Za-z]{2}/.test(text)) found.push(text);
      }
    }
    return found;
  });
  // What is data may stand inside a translated sentence, so that brackets tell more than letters do.
  const isKnown = (text: string) => known.some((each) => (typeof each === 'string' ? text === each : each.test(text)));
  expect([...new Set(texts)].filter((text) => !text.includes('[') && !text.includes(']') && !isKnown(text))).toEqual([]);
}
