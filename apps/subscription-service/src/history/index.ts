export { HistoryModule } from './history.module.js';
export { historyApi } from './history.openapi.js';
