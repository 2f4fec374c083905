import type { BenchSystem } from './bench.js';
import { DatabaseLog } from './database-log.js';

const SERVICE = 'subscription-service';
const ENTRY = /@@([^@]*)@@ LOG: {2}duration: ([\d.]+) ms {2}(?:parse|bind|execute|statement)[^:]*: ([^]*?)(?=\n@@|$)/g;

/** How long statements on the history take in the server: parsing, planning and running, as its own log tells. */
export class DatabaseTimes {
  private constructor(private readonly log: DatabaseLog) {}

  static async open(system: Pick<BenchSystem, 'dataDir' | 'databaseUrl'>): Promise<DatabaseTimes> {
    const log = await DatabaseLog.open(system);
    await log.set({ log_min_duration_statement: '0' });
    return new DatabaseTimes(log);
  }

  /** The sum, in milliseconds, of what `work` makes the API ask of the history. */
  async of(work: () => Promise<unknown>): Promise<number> {
    let sum = 0;
    for (const [, application, ms, statement] of (await this.log.of(work)).matchAll(ENTRY))
      if (application === SERVICE && statement!.includes('history.')) sum += Number(ms);
    return sum;
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
