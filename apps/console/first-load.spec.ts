import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { firstLoad } from './first-load';

const BUILT = fileURLToPath(new URL('../../dist/apps/console', import.meta.url));
const BUDGET_BYTES = 260_000;

describe('the first load', () => {
  beforeAll(() => expect(existsSync(BUILT), 'the console is not built: run "npm run build"').toBe(true));

  it('stays under 260 kB, gzipped, styles included', () => {
    const { files, total } = firstLoad(BUILT);
    const listed = JSON.stringify(files, null, 1);
    expect(total, listed).toBeLessThan(BUDGET_BYTES);
    // The library of components alone is more: less would mean that something was not counted.
    expect(total, listed).toBeGreaterThan(BUDGET_BYTES / 2);
  });

  it('is a handful of files', () => {
    const names = Object.keys(firstLoad(BUILT).files);
    expect(names.length, names.join()).toBeLessThan(6);
    expect(names.join()).toMatch(/\.js.*\.css|\.css.*\.js/);
  });

  it('leaves charts and the code editor for later', () => {
    expect(Object.keys(firstLoad(BUILT).files).join()).not.toMatch(/charts|code-editor/);
  });
});
