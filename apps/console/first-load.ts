import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/**
 * What a browser loads before anything is seen: the entry and all it imports at once, styles included, but not what comes later.
 * @returns the files with their sizes in bytes, gzipped
 */
export function firstLoad(folder: string): { readonly files: Readonly<Record<string, number>>; readonly total: number } {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>;
  const files = new Set<string>();
  const add = ({ file, imports = [], css = [] }: Chunk): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const each of css) files.add(each);
    for (const each of imports) add(manifest[each]!);
  };
  for (const chunk of Object.values(manifest)) if (chunk.isEntry) add(chunk);
  const sizes = Object.fromEntries([...files].map((file) => [file, gzipSync(readFileSync(join(folder, file))).length]));
  return { files: sizes, total: Object.values(sizes).reduce((sum, size) => sum + size, 0) };
}
