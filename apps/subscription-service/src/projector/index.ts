export { ExpungeModule } from './expunge/expunge.module.js';
export { ExpungeParty } from './expunge/expunge-party.js';
export type { Tombstone } from './expunge/expunge.store.js';
export { expungeApi } from './expunge/expunge.openapi.js';
export { HistoryListener, type StoredNews, type StoredOutcome } from './history-listener.js';
