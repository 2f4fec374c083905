import { credentials } from '../api';

/** How the address that the page was opened with asks for it to look; said once, for as long as the page lives. */
export interface Embedding {
  readonly embedded: boolean;
  readonly theme: 'light' | 'dark' | undefined;
}

/**
 * Takes the token of an embedding page out of the address: it comes as `#token=…`, a part that browsers send to no server and
 * put into no Referer, and is gone from the address, and so from the history, before anything else happens.
 */
export function takePortalToken(location: Location, history: History): void {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  credentials.set({ token, kind: 'portal' });
  history.replaceState(history.state, '', location.pathname + location.search);
}

export function embeddingOf(search: string): Embedding {
  const asked = new URLSearchParams(search);
  const theme = asked.get('theme');
  return { embedded: asked.get('embed') === '1', theme: theme === 'light' || theme === 'dark' ? theme : undefined };
}

export const embedding: Embedding = embeddingOf(typeof location === 'undefined' ? '' : location.search);
