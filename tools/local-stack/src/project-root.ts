import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository: the nearest one above this file whose package.json is Hookstream's, from source and from dist alike. */
export function projectRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'hookstream') return folder;
    if (folder === dirname(folder)) throw new Error('not inside a Hookstream repository');
  }
}

/** Downloads and prepared files that any data directory may share. */
export function defaultCacheDir(): string {
  return join(projectRoot(), '.hookstream', 'cache');
}
