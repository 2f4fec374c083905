import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { BenchSystem } from './bench.js';

const FLUSH_MS = 30;
const RELOAD_MS = 500;

/** What Postgres writes into its log while something is asked of it. Lines begin with `@@`, the application and `@@`. */
export class DatabaseLog {
  private readonly changed = new Set<string>();

  private constructor(
    private readonly file: number,
    readonly client: Client,
  ) {}

  static async open(system: Pick<BenchSystem, 'dataDir' | 'databaseUrl'>): Promise<DatabaseLog> {
    const file = openSync(join(system.dataDir, 'postgres', 'postgres.log'), 'r');
    const client = new Client({ connectionString: system.databaseUrl });
    // A server that stops while this is connected is no fault of its own.
    client.on('error', () => undefined);
    await client.connect();
    const log = new DatabaseLog(file, client);
    await log.set({ log_line_prefix: "'@@%a@@ '", log_parameter_max_length: '0' });
    return log;
  }

  /** Settings of the server until `close`. */
  async set(settings: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(settings)) {
      await this.client.query(`alter system set ${name} = ${value}`);
      this.changed.add(name);
    }
    await this.reload();
  }

  /** What `work` makes it write. */
  async of(work: () => Promise<unknown>): Promise<string> {
    const from = fstatSync(this.file).size;
    await work();
    await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
    const text = Buffer.alloc(fstatSync(this.file).size - from);
    readSync(this.file, text, 0, text.length, from);
    return text.toString('utf8');
  }

  async close(): Promise<void> {
    for (const name of this.changed) await this.client.query(`alter system reset ${name}`);
    await this.reload();
    await this.client.end();
    closeSync(this.file);
  }

  private async reload(): Promise<void> {
    await this.client.query('select pg_reload_conf()');
    await new Promise((resolve) => setTimeout(resolve, RELOAD_MS));
  }
}
