import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { loadCatalog } from '#libs/catalog';
import { catalogPage } from './catalog-page.js';

// Run from the root of the repository: without arguments it writes the page, with --check it fails when the page is not up to date.
const PAGE = 'docs/event-catalog.md';

const page = await format(catalogPage(loadCatalog()), { ...(await resolveConfig(PAGE)), parser: 'markdown' });
if (!process.argv.includes('--check')) {
  writeFileSync(PAGE, page);
} else if (contentOf(PAGE) !== page) {
  console.error(`${PAGE} is not up to date with libs/catalog: run \`npm run gen\` and commit it`);
  process.exitCode = 1;
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
