import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles, TYPES_FOLDER } from './generated-files.js';

// Run from the root of the repository: without arguments it writes the files, with --check it fails when they are not up to date.
const files = await generatedFiles('.');
const left = globSync(`${TYPES_FOLDER}/**/*.ts`).filter((file) => !files.has(file));
if (!process.argv.includes('--check')) {
  for (const file of left) rmSync(file);
  for (const [file, content] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
} else {
  const stale = [...files].filter(([file, content]) => !existsSync(file) || !readFileSync(file).equals(content)).map(([file]) => file);
  for (const file of [...stale, ...left]) console.error(`${file} is not up to date with the protos: run \`npm run gen\` and commit it`);
  if (stale.length + left.length > 0) process.exitCode = 1;
}
