import { useSyncExternalStore } from 'react';
import { browserStorage } from '../api';

const listeners = new Set<() => void>();
/** Of the page where the browser keeps nothing. */
const said = new Set<string>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the reader says or does once and for all, kept by the browser: whether it was, and how to. */
export function useSaid(what: string): readonly [boolean, () => void] {
  const key = `hookstream.${what}`;
  const isSaid = useSyncExternalStore(subscribe, () => said.has(key) || browserStorage('local')?.getItem(key) === 'yes');
  const say = () => {
    said.add(key);
    browserStorage('local')?.setItem(key, 'yes');
    for (const listener of listeners) listener();
  };
  return [isSaid, say];
}
