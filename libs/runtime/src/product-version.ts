import { existsSync, readFileSync } from 'node:fs';

/** The version in the product's package.json, which lies some folders above wherever this file was built to. */
export function productVersion(): string {
  for (let folder = new URL('.', import.meta.url); folder.pathname !== '/'; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
    if (name === 'hookstream' && version) return version;
  }
  return '0.0.0';
}
