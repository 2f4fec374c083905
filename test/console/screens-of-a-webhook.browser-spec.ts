import { beforeAll } from '@jest/globals';
import { describeConsole } from './console-test.js';
import { seedScreens } from './screen-seed.js';
import { WEBHOOK_SCREENS, type Shown } from './screen-cases.js';
import { testScreens } from './screen-checks.js';

describeConsole('the screens of a webhook', (test) => {
  let shown: Shown;
  beforeAll(async () => {
    shown = await seedScreens(test());
  });

  testScreens(WEBHOOK_SCREENS, test, () => shown);
});
