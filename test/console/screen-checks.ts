import { it } from '@jest/globals';
import { catalogWords } from './catalog-words.js';
import { expectAccessible, expectFits, expectTranslated } from './checks.js';
import type { ConsoleTest } from './console-test.js';
import type { ScreenCase, Shown } from './screen-cases.js';

/** What surrounds every screen, and a helper of the library's that no one hears. */
const AROUND = ['First', 'Webhooks', 'Settings', 'Developer Hub', 'autosize measurement'];

/** A test for each screen: accessible in light, in dark and at 360 px, where it fits, and keyed throughout. */
export function testScreens(screens: readonly ScreenCase[], test: () => ConsoleTest, shown: () => Shown): void {
  it.each(screens.map((screen) => [screen.name, screen] as const))('“%s”', async (_, { path, ready, as, data = [] }) => {
    const options = as ? { as } : {};
    const page = await test().visit(path(shown()), options);
    await page.locator(ready).first().waitFor();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    // Opened anew: while colours change, a text may still have its old one.
    await page.reload();
    await page.locator(ready).first().waitFor();
    await expectAccessible(page);

    const pseudo = await test().visit(path(shown()), { ...options, screen: 'phone', pseudo: true });
    await pseudo.locator(ready).first().waitFor();
    await expectFits(pseudo);
    await expectTranslated(pseudo, [...(await catalogWords(test())), test().account, ...AROUND, ...data]);
    await expectAccessible(pseudo);
  });
}
