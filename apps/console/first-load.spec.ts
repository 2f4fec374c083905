import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { firstLoad } from './first-load';

const BUILT = fileURLToPath(new URL('../../dist/apps/console', import.meta.url));
const BUDGET_BYTES = 260_000;

describe('the first load', () => {
  it('stays under 260 kB, gzipped, styles included', () => {
    expect(existsSync(BUILT), 'the console is not built: run "npm run build"').toBe(true);
    const { files, total } = firstLoad(BUILT);
    expect(total, JSON.stringify(files, null, 1)).toBeLessThan(BUDGET_BYTES);
  });

  it('leaves charts and the code editor for later', () => {
    const names = Object.keys(firstLoad(BUILT).files).join();
    expect(names).not.toMatch(/charts|code-editor/);
  });
});
