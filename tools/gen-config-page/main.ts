import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { configPage } from './config-page.js';
import { readConfig, undocumented } from './config-sources.js';
import { envExample } from './env-example.js';

// Run from the root of the repository: without arguments it writes both files, with --check it fails when one is not up to date.
const PAGE = 'docs/config.md';
const EXAMPLE = '.env.example';

const sections = readConfig('.');
const texts = {
  [PAGE]: await format(configPage(sections), { ...(await resolveConfig(PAGE)), parser: 'markdown' }),
  [EXAMPLE]: envExample(sections),
};
for (const variable of undocumented(sections)) console.warn(`${variable} has no doc comment`);
for (const [path, text] of Object.entries(texts)) {
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is not up to date with the env classes: run \`npm run gen\` and commit it`);
    process.exitCode = 1;
  }
}
