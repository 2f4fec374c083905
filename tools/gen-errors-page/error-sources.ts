import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorRow } from '#libs/kernel';
import type { Door, ErrorEntry } from './errors-page.js';

/** Every part of the error table there is in the sources, so that a new one cannot be forgotten; paths from the root of the repository. */
export function errorFiles(root: string): string[] {
  return globSync('{apps,libs}/*/src/**/*.errors.ts', { cwd: root }).sort();
}

/**
 * The rows of all these files, each with the doors at which its code is seen.
 * @param load imports one file
 * @throws Error naming every file that cannot be imported (a code defined twice is found here) or that has no rows
 */
export async function readErrors(root: string, load: (file: string) => Promise<object>): Promise<ErrorEntry[]> {
  const faults: string[] = [];
  const entries: ErrorEntry[] = [];
  const seen = seenCodes(root);
  for (const file of errorFiles(root)) {
    try {
      const rows = Object.values(await load(file)).flatMap((table) => Object.entries(table as Record<string, ErrorRow>));
      if (rows.length === 0) faults.push(`${file}: exports no rows`);
      for (const [code, row] of rows) {
        if (entries.some((entry) => entry.code === code)) continue; // handed on from the file that defines it
        const doors: Door[] = ANSWERS_THE_API.test(file) || seen.api.has(code) ? ['api'] : [];
        entries.push({ code, row, doors: seen.deadLetter.has(code) ? [...doors, 'deadLetter'] : doors });
      }
    } catch (error) {
      faults.push(`${file}: ${(error as Error).message}`);
    }
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return entries;
}

/** The parts whose errors become answers of the API. */
const ANSWERS_THE_API = /^(apps\/subscription-service|libs\/runtime|libs\/persistence)\//;
const THROWN = /AppError\(\s*'([A-Z][A-Z0-9_]+)'/g;
const GIVEN_UP = /(?:deadLetter|bury)\([^()]*'([A-Z][A-Z0-9_]+)'/g;
const QUOTED = /'([A-Z][A-Z0-9_]+)'/g;

/** Where the sources name a code tells where it is seen: all that `libs/contracts` can say is why it refuses a record. */
function seenCodes(root: string): Record<Door, ReadonlySet<string>> {
  const seen = { api: new Set<string>(), deadLetter: new Set<string>() };
  for (const file of globSync('{apps,libs}/*/src/**/*.ts', { cwd: root, exclude: (path) => path.endsWith('spec.ts') })) {
    const source = readFileSync(join(root, file), 'utf8');
    const add = (door: Door, pattern: RegExp): void => [...source.matchAll(pattern)].forEach((match) => seen[door].add(match[1]!));
    if (ANSWERS_THE_API.test(file)) add('api', THROWN);
    add('deadLetter', file.startsWith('libs/contracts/') ? QUOTED : GIVEN_UP);
  }
  return seen;
}
