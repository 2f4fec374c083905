import { join } from 'node:path';
import { logTail, saysDiskFull } from '../process/log-tail.js';
import { lowerPriority } from '../process/lower-priority.js';
import { ProcessRecord } from '../process/process-record.js';
import { ServerProcess, type Exit } from '../process/server-process.js';
import { StackError, diskFull } from '../stack-error.js';
import { NODE_FLAGS } from './node-flags.js';
import type { FinalFault } from './supervisor.js';
import { DISK_FULL, describeExit, type Supervised } from './supervised.js';
import type { ServiceLog } from './service-log.js';

/** What a service exits with when its configuration is wrong (EX_CONFIG of sysexits.h). */
const EXIT_CONFIG = 78;
/** A service whose broker went with the launcher cannot stop in good order; what it had in hand comes again from the topics. */
const LEFTOVER_GRACE_MS = 3_000;

export interface ServiceCommand {
  readonly name: string;
  /** Compiled entry file. */
  readonly entry: string;
  readonly nodePath: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Folder of the files that tell the next start which processes are ours. */
  readonly recordDir: string;
  readonly niceness: number | undefined;
}

/** A service that ended before it was ready, with the end of its log. */
export class ServiceStartError extends StackError implements Partial<FinalFault> {
  readonly final: true | undefined;

  constructor(name: string, exit: Exit, log: ServiceLog) {
    const config = exit.code === EXIT_CONFIG;
    const tail = logTail(log.path, 15);
    const why = config ? 'its configuration is wrong' : describeExit(exit);
    super(`${name} ended before it was ready (${why}). Its log is ${log.path} and ends with:\n${tail}`);
    this.final = config ? true : undefined;
    if (saysDiskFull(tail)) this.message = diskFull(log.path).message;
  }
}

/** One service as a Node.js child process that says over IPC when it is ready, and that stops by itself when this process is gone. */
export class ServiceProcess implements Supervised {
  private child?: ServerProcess;
  private readyPort = 0;
  private readonly record: ProcessRecord;

  constructor(
    private readonly command: ServiceCommand,
    readonly log: ServiceLog,
  ) {
    this.record = new ProcessRecord(join(command.recordDir, `${command.name}.json`), command.entry);
  }

  get name(): string {
    return this.command.name;
  }

  get pid(): number {
    return this.child?.running ? this.child.pid : 0;
  }

  /** The port that the service named when it became ready. */
  get port(): number {
    return this.readyPort;
  }

  get exited(): Promise<Exit> {
    return this.child!.exited;
  }

  /** Ends what a killed launcher left running. */
  async endLeftover(log: (line: string) => void): Promise<void> {
    await this.record.endLeftover(`a former process of ${this.name}`, { signal: 'SIGTERM', graceMs: LEFTOVER_GRACE_MS }, log);
  }

  async start(): Promise<void> {
    const { entry, nodePath, env, cwd, niceness } = this.command;
    let ready!: (port: number) => void;
    const whenReady = new Promise<number>((resolve) => (ready = resolve));
    const child = ServerProcess.launch({
      command: nodePath,
      args: [...NODE_FLAGS, entry],
      env,
      cwd,
      output: (bytes) => this.log.write(bytes),
      onMessage: (message) => {
        if (isReady(message)) ready(message.port);
      },
    });
    this.child = child;
    await this.record.writeOrEnd(child);
    const outcome = await Promise.race([whenReady, child.exited]);
    if (typeof outcome !== 'number') throw new ServiceStartError(this.name, outcome, this.log);
    this.readyPort = outcome;
    // Not before: everybody waits for its start.
    if (niceness !== undefined) lowerPriority(child.pid, niceness);
  }

  async stop(graceMs: number): Promise<void> {
    await this.child?.end('SIGTERM', graceMs);
    this.record.remove();
  }

  fault(): string | undefined {
    return saysDiskFull(logTail(this.log.path, 5)) ? DISK_FULL : undefined;
  }

  kill(): void {
    void this.child?.end('SIGKILL', 0);
  }
}

function isReady(message: unknown): message is { kind: 'ready'; port: number } {
  const { kind, port } = (message ?? {}) as { kind?: unknown; port?: unknown };
  return kind === 'ready' && typeof port === 'number';
}
