import { browserStorage } from '../api';

const STORED_AS = 'hookstream.pages';
/** More pages than anyone goes back. */
const MOST_KEPT = 200;

/** Cursors and those of the pages before them, the oldest first; null stands for the first page. */
type Pages = readonly (readonly [cursor: string, before: string | null])[];

/** Notes from which page of a list its next one is reached: a cursor leads forward only. Kept for as long as the tab. */
export function rememberPage(next: string, current: string | undefined, storage = browserStorage('session')): void {
  const others = pages(storage).filter(([cursor]) => cursor !== next);
  const kept = [...others, [next, current ?? null] as const].slice(-MOST_KEPT);
  storage?.setItem(STORED_AS, JSON.stringify(kept));
}

/** The cursor of the page before the one of `cursor`; undefined for the first, which also stands in for one that is not known. */
export function pageBefore(cursor: string, storage = browserStorage('session')): string | undefined {
  return pages(storage).find(([known]) => known === cursor)?.[1] ?? undefined;
}

function pages(storage: Pick<Storage, 'getItem'> | undefined): Pages {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(STORED_AS) ?? '[]');
    return Array.isArray(stored) ? (stored as Pages) : [];
  } catch {
    return [];
  }
}
