import { useSyncExternalStore } from 'react';
import { browserStorage } from '../api';

/** In which zone times are shown: the reader's or UTC. */
export type Zone = 'local' | 'utc';

const STORED_AS = 'hookstream.zone';
const listeners = new Set<() => void>();
let chosen: Zone | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): Zone {
  return chosen ?? (browserStorage('local')?.getItem(STORED_AS) === 'utc' ? 'utc' : 'local');
}

export function useZone(): { readonly zone: Zone; readonly setZone: (zone: Zone) => void } {
  return {
    zone: useSyncExternalStore(subscribe, current),
    setZone: (zone) => {
      chosen = zone;
      browserStorage('local')?.setItem(STORED_AS, zone);
      for (const listener of listeners) listener();
    },
  };
}
