import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { freePort, isPortFree } from './free-port.js';
import { POSTGRES_ENV, SUPERUSER, clusterFiles, ensureCluster } from './postgres/database-cluster.js';
import { PostgresAccount } from './postgres/postgres-account.js';
import { postgresBinaries } from './postgres/postgres-binaries.js';
import { clearPostgresLeftover } from './postgres/postgres-leftover.js';
import { query, serverArguments, untilPostgresAnswers } from './postgres/postgres-start.js';
import { ProcessRecord } from './process/process-record.js';
import { ServerProcess, type Exit } from './process/server-process.js';
import { PortTakenError, explained } from './stack-error.js';

export interface EmbeddedPostgresOptions {
  /** Everything the server keeps, its password included; made when missing, used again when there. */
  readonly dataDir: string;
  /** Loopback port; 0 takes a free one and keeps it for later starts over the same data in this process. */
  readonly port: number;
  /** Whether data survives a crash of the machine (not only of the process); default true, false is faster. */
  readonly durable?: boolean;
  /** Told what is done when it takes longer than a moment. */
  readonly log?: (line: string) => void;
}

const STOP_GRACE_MS = 10_000;
const keptPorts = new Map<string, number>();

/** A Postgres server, a child process of this one. One process at a time may use a data directory. */
export class EmbeddedPostgres {
  private server?: ServerProcess;
  private password = '';
  private readonly record: ProcessRecord;

  private constructor(
    private readonly dataDir: string,
    private readonly port: number,
    private readonly durable: boolean,
    private readonly log: (line: string) => void,
  ) {
    this.record = processRecord(dataDir);
  }

  /**
   * Starts a server and resolves when it answers. A server over this data that a killed process left behind is ended first.
   * @throws StackError when the port is taken, the disk is full, a folder is closed to the server's user or it does not come up
   */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const dataDir = resolve(options.dataDir);
    const log = options.log ?? (() => undefined);
    try {
      mkdirSync(dataDir, { recursive: true });
      await EmbeddedPostgres.endLeftover(dataDir, log);
      const port = options.port || keptPorts.get(dataDir) || (await freePort());
      const postgres = new EmbeddedPostgres(dataDir, port, options.durable ?? true, log);
      await postgres.restart();
      keptPorts.set(dataDir, port);
      return postgres;
    } catch (error) {
      throw explained(error, dataDir);
    }
  }

  /** Ends a server that a killed process left running over this data; `start` does so by itself. */
  static async endLeftover(dataDir: string, log: (line: string) => void = () => undefined): Promise<void> {
    await processRecord(resolve(dataDir)).endLeftover('the embedded Postgres', { signal: 'SIGINT', graceMs: STOP_GRACE_MS }, log);
  }

  /** Superuser's URL of the database `postgres`. */
  get url(): string {
    return this.databaseUrl('postgres');
  }

  /** Process id of the server; 0 while none runs. */
  get pid(): number {
    return this.server?.running ? this.server.pid : 0;
  }

  /** Resolves when the server of the last start ends, for whatever reason. */
  get exited(): Promise<Exit> {
    return this.server!.exited;
  }

  /** Where the server writes its log. */
  get logFile(): string {
    return clusterFiles(this.dataDir).output;
  }

  /** Starts the server again on the same port and data after `stop`, `kill` or its own end; does nothing while it runs. */
  async restart(): Promise<void> {
    if (this.pid) return;
    const files = clusterFiles(this.dataDir);
    const binaries = postgresBinaries();
    const account = PostgresAccount.for(files.cluster, [files.cluster, binaries.postgres]);
    this.password = await ensureCluster(this.dataDir, binaries, account, { durable: this.durable });
    await clearPostgresLeftover(this.dataDir, this.log);
    if (!(await isPortFree(this.port))) throw new PortTakenError(this.port, 'the embedded Postgres');
    const command = account.wrap([binaries.postgres, ...serverArguments(files.cluster, this.port, this.durable)]);
    this.server = ServerProcess.launch({ ...command, cwd: files.cluster, env: POSTGRES_ENV, output: files.output });
    await this.record.writeOrEnd(this.server);
    try {
      await untilPostgresAnswers(this.server, this.url, this.dataDir);
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  /** Makes a database unless it exists, and returns its URL. */
  async ensureDatabase(name: string): Promise<string> {
    const existing = await query(this.url, `SELECT 1 FROM pg_database WHERE datname = '${name.replaceAll("'", "''")}'`);
    if (existing.rowCount === 0) await query(this.url, `CREATE DATABASE "${name.replaceAll('"', '""')}"`);
    return this.databaseUrl(name);
  }

  /** Ends the server in good order, closing its clients' connections, and waits for it; past `graceMs` it is killed. */
  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    await this.server?.end('SIGINT', graceMs);
    this.record.remove();
  }

  /** Ends the server as a crash would and waits until its process is gone. */
  async kill(): Promise<void> {
    await this.server?.end('SIGKILL', STOP_GRACE_MS);
    this.record.remove();
  }

  /** Deletes all data of a stopped server. */
  destroy(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private databaseUrl(name: string): string {
    return `postgres://${SUPERUSER}:${this.password}@127.0.0.1:${this.port}/${encodeURIComponent(name)}`;
  }
}

function processRecord(dataDir: string): ProcessRecord {
  const { record, cluster } = clusterFiles(dataDir);
  return new ProcessRecord(record, ` -D ${cluster} `);
}
