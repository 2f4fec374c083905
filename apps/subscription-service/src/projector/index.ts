export { ExpungeModule } from './expunge/expunge.module.js';
export { expungeApi } from './expunge/expunge.openapi.js';
export { HistoryListener, type StoredNews, type StoredOutcome } from './history-listener.js';
