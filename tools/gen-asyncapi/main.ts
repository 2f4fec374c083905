import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { asyncapiDocument } from './asyncapi-document.js';
import { asyncapiYaml } from './asyncapi-yaml.js';
import { documentParts } from './document-parts.js';

// Run from the root of the repository: without arguments it writes the document, with --check it fails when it is not up to date.
const DOCUMENT = 'docs/asyncapi.yaml';

const document = await format(asyncapiYaml(asyncapiDocument(documentParts('.'))), { ...(await resolveConfig(DOCUMENT)), parser: 'yaml' });
if (!process.argv.includes('--check')) {
  writeFileSync(DOCUMENT, document);
} else if (!existsSync(DOCUMENT) || readFileSync(DOCUMENT, 'utf8') !== document) {
  console.error(`${DOCUMENT} is not up to date with the contracts and the catalog: run \`npm run gen\` and commit it`);
  process.exitCode = 1;
}
