import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { readErrors } from './error-sources.js';
import { errorsPage } from './errors-page.js';

// Run from the root of the repository: without arguments it writes the page, with --check it fails when the page is not up to date.
const PAGE = 'docs/errors.md';

const built = (file: string): string => pathToFileURL(join('dist', file.replace(/\.ts$/, '.js'))).href;
const entries = await readErrors('.', (file) => import(built(file)) as Promise<object>);
const page = await format(errorsPage(entries), { ...(await resolveConfig(PAGE)), parser: 'markdown' });
if (!process.argv.includes('--check')) {
  writeFileSync(PAGE, page);
} else if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page) {
  console.error(`${PAGE} is not up to date with the error table: run \`npm run gen\` and commit it`);
  process.exitCode = 1;
}
