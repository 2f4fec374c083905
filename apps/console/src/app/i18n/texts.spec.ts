import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { textFiles, textFolders } from '../../../texts-on-demand';

const SOURCES = fileURLToPath(new URL('../../', import.meta.url));
const NAMED = /\bt\('([\w.-]+)'/g;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(path);
    return /(?<!\.spec)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function englishTexts(): object {
  const read = (folder: string) => textFiles(join(SOURCES, folder)).map((file) => JSON.parse(readFileSync(file, 'utf8')) as object);
  return Object.fromEntries([...textFolders(SOURCES)].map(([root, folder]) => [root, Object.assign({}, ...read(folder)) as object]));
}

describe('the texts', () => {
  beforeAll(() => i18next.init({ lng: 'en', resources: { en: { translation: englishTexts() } } }));

  it('has every text that a component names', () => {
    const named = sources(SOURCES).flatMap((path) => [...readFileSync(path, 'utf8').matchAll(NAMED)].map(([, key]) => key!));
    const missing = [...new Set(named)].filter((key) => !i18next.exists(key) && !i18next.exists(key, { count: 2 }));
    expect(named.length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });
});
