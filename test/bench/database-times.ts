import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { BenchSystem } from './bench.js';

const SERVICE = 'subscription-service';
const FLUSH_MS = 30;
const ENTRY = /@@([^@]*)@@ LOG: {2}duration: ([\d.]+) ms {2}(?:parse|bind|execute|statement)[^:]*: ([^]*?)(?=\n@@|$)/g;

/** How long statements on the history take in the server: parsing, planning and running, as its own log tells. */
export class DatabaseTimes {
  private constructor(
    private readonly log: number,
    private readonly client: Client,
  ) {}

  static async open(system: Pick<BenchSystem, 'dataDir' | 'databaseUrl'>): Promise<DatabaseTimes> {
    const log = openSync(join(system.dataDir, 'postgres', 'postgres.log'), 'r');
    const client = new Client({ connectionString: system.databaseUrl });
    await client.connect();
    const times = new DatabaseTimes(log, client);
    await times.set({ log_line_prefix: "'@@%a@@ '", log_min_duration_statement: '0', log_parameter_max_length: '0' });
    return times;
  }

  /** The sum, in milliseconds, of what `work` makes the API ask of the history. */
  async of(work: () => Promise<unknown>): Promise<number> {
    const from = fstatSync(this.log).size;
    await work();
    await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
    const text = Buffer.alloc(fstatSync(this.log).size - from);
    readSync(this.log, text, 0, text.length, from);
    let sum = 0;
    for (const [, application, ms, statement] of text.toString('utf8').matchAll(ENTRY))
      if (application === SERVICE && statement!.includes('history.')) sum += Number(ms);
    return sum;
  }

  async close(): Promise<void> {
    await this.set({ log_line_prefix: undefined, log_min_duration_statement: undefined, log_parameter_max_length: undefined });
    await this.client.end();
    closeSync(this.log);
  }

  private async set(settings: Readonly<Record<string, string | undefined>>): Promise<void> {
    for (const [name, value] of Object.entries(settings))
      await this.client.query(value === undefined ? `alter system reset ${name}` : `alter system set ${name} = ${value}`);
    await this.client.query('select pg_reload_conf()');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
