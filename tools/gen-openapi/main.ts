import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { loadCatalog } from '#libs/catalog';

// Run from the root of the repository: without arguments it writes the document, with --check it fails when it is not up to date.
const FILE = 'docs/openapi.json';
const BUILT = pathToFileURL('dist/apps/subscription-service/src/api-docs/api-document.js').href;

const { apiDocument } = (await import(BUILT)) as { apiDocument: (catalog: ReturnType<typeof loadCatalog>) => object };
const document = await format(JSON.stringify(apiDocument(loadCatalog())), { ...(await resolveConfig(FILE)), parser: 'json' });
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, document);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== document) {
  console.error(`${FILE} is not up to date with the routes: run \`npm run gen\` and commit it`);
  process.exitCode = 1;
}
