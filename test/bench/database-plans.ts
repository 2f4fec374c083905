import type { BenchSystem } from './bench.js';
import { DatabaseLog } from './database-log.js';

const SERVICE = 'subscription-service';
const ENTRY = /@@([^@]*)@@ LOG: {2}duration: [\d.]+ ms {2}plan:\n([^]*?)(?=\n@@|$)/g;

/** How the server runs statements on the history, as its extension auto_explain tells. */
export class DatabasePlans {
  private constructor(private readonly log: DatabaseLog) {}

  static async open(system: Pick<BenchSystem, 'dataDir' | 'databaseUrl'>): Promise<DatabasePlans> {
    const log = await DatabaseLog.open(system);
    // Its settings are known to a session that has loaded it, and to no other.
    await log.client.query(`load 'auto_explain'`);
    await log.set({
      'auto_explain.log_min_duration': '0',
      'auto_explain.log_analyze': 'on',
      'auto_explain.log_buffers': 'on',
      session_preload_libraries: "'auto_explain'",
    });
    // Sessions that began before know nothing of it; the service opens others.
    await log.client.query('select pg_terminate_backend(a.pid) from pg_stat_activity as a where a.application_name = $1', [SERVICE]);
    return new DatabasePlans(log);
  }

  /** The statements on the history that `work` makes the API run, each with its plan. */
  async of(work: () => Promise<unknown>): Promise<string[]> {
    const entries = [...(await this.log.of(work)).matchAll(ENTRY)];
    return entries.flatMap(([, application, text]) => (application === SERVICE && text!.includes('history.') ? [text!] : []));
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
