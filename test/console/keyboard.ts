import type { Locator, Page } from 'playwright-core';

const PRESSES = 120;

/** Presses Tab until what is named has the focus. @throws Error when it never gets it */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < PRESSES; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`never reached with Tab: ${target.toString()}`);
}

/** Tab as far as it takes, then Enter. */
export async function pressByKeyboard(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
