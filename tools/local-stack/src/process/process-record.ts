import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { birthOf, commandOf, stillRuns, type ProcessIdentity } from '../../before-build/process-identity.js';
import { StackError, explained } from '../stack-error.js';
import { endProcess, type ServerProcess } from './server-process.js';

interface Recorded {
  readonly server: ProcessIdentity;
  readonly owner: ProcessIdentity;
}

/**
 * The file beside a server's data that says which process serves it and who started that process. With it the next start ends
 * what a killed launcher left behind, and nothing else: a recycled process id is told by its start time and command line.
 */
export class ProcessRecord {
  constructor(
    private readonly path: string,
    /** A part of the server's command line that only a server over this very data has. */
    private readonly mark: string,
  ) {}

  /** Writes the record of a server that was just started, or ends the server: one without a record could be left over for ever. */
  async writeOrEnd(server: ServerProcess): Promise<void> {
    try {
      this.write(server.pid);
    } catch (error) {
      await server.end('SIGKILL', 0);
      throw explained(error, this.path);
    }
  }

  private write(pid: number): void {
    const recorded: Recorded = { server: { pid, birth: birthOf(pid) }, owner: { pid: process.pid, birth: birthOf(process.pid) } };
    const draft = `${this.path}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(recorded), { mode: 0o600 });
    renameSync(draft, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }

  /**
   * Ends the server that an earlier launcher left running over this data, by force past the grace.
   * @throws StackError when the launcher that started it still runs
   */
  async endLeftover(what: string, end: { signal: NodeJS.Signals; graceMs: number }, log: (line: string) => void): Promise<void> {
    const recorded = this.read();
    if (!recorded) return;
    const { server, owner } = recorded;
    if (stillRuns(server) && commandOf(server.pid).includes(this.mark)) {
      if (stillRuns(owner))
        throw new StackError(`${what} already runs over this data: process ${server.pid}, started by process ${owner.pid}.`);
      log(`ending ${what} (process ${server.pid}) that an earlier start left running`);
      await endProcess(server.pid, end.signal, end.graceMs);
    }
    this.remove();
  }

  private read(): Recorded | undefined {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as Recorded;
    } catch {
      return undefined;
    }
  }
}
