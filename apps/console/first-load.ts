import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/**
 * What a browser loads before anything is seen: the files that the page names and all they import at once, styles included, but not
 * what comes later.
 * @returns the files with their sizes in bytes, gzipped
 */
export function firstLoad(folder: string): { readonly files: Readonly<Record<string, number>>; readonly total: number } {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const chunks = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>;
  const files = new Set<string>();
  const add = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const { imports = [], css = [] } = Object.values(chunks).find((chunk) => chunk.file === file) ?? {};
    for (const each of [...css, ...imports.map((name) => chunks[name]!.file)]) add(each);
  };
  for (const [, file] of page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) add(file!);
  const sizes = Object.fromEntries([...files].map((file) => [file, gzipSync(readFileSync(join(folder, file))).length]));
  return { files: sizes, total: Object.values(sizes).reduce((sum, size) => sum + size, 0) };
}
