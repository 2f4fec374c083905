import type { EmbeddedKafka } from '../embedded-kafka.js';
import type { EmbeddedPostgres } from '../embedded-postgres.js';
import type { Exit } from '../process/server-process.js';
import { logTail, saysDiskFull } from '../process/log-tail.js';
import { DISK_FULL, type Supervised } from './supervised.js';

/**
 * The broker or the database as a part that is supervised. The server is made by the first start, which is also where leftovers are
 * ended and files prepared.
 */
export class EmbeddedPart<Server extends EmbeddedKafka | EmbeddedPostgres> implements Supervised {
  server?: Server;

  constructor(
    readonly name: 'kafka' | 'postgres',
    private readonly create: () => Promise<Server>,
  ) {}

  get pid(): number {
    return this.server?.pid ?? 0;
  }

  get exited(): Promise<Exit> {
    return this.server!.exited;
  }

  async start(): Promise<void> {
    if (this.server) await this.server.restart();
    else this.server = await this.create();
  }

  async stop(graceMs: number): Promise<void> {
    await this.server?.stop(graceMs);
  }

  fault(): string | undefined {
    return this.server && saysDiskFull(logTail(this.server.logFile)) ? DISK_FULL : undefined;
  }

  kill(): void {
    void this.server?.kill();
  }
}
