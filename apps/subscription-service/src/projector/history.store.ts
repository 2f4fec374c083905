import type { HistoryRecord } from './history-record.js';

/** Where the history is kept; an abstract class so that it is its own injection token. */
export abstract class HistoryStore {
  /**
   * Stores records in one transaction; any number of times and in any order with the same effect.
   * @param generation that of the tables for which the records were read
   * @throws AppError `DATABASE_UNAVAILABLE`, `HISTORY_REBUILDING`
   */
  abstract store(records: readonly HistoryRecord[], generation: number): Promise<void>;
}
