import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../before-build/process-identity.js';

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Where its standard output and error go: a file, begun anew at each start, or whatever takes them. */
  readonly output: string | ((bytes: Buffer) => void);
  /** Opens an IPC channel to a Node.js program and takes what it sends. */
  readonly onMessage?: (message: unknown) => void;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A killed process is gone at once, unless the machine is stuck in I/O. */
const KILL_MS = 5_000;

/** For output that arrives after the end; no end waits longer, even if a grandchild keeps the pipe open. */
const LAST_WORDS_MS = 500;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/**
 * A server in a session of its own, so that a Ctrl-C in the terminal reaches the launcher only and the order of stopping is
 * the launcher's.
 */
export class ServerProcess {
  readonly exited: Promise<Exit>;
  private ended?: Exit;

  private constructor(private readonly child: ChildProcess) {
    running.add(child);
    this.exited = new Promise((resolve) => {
      const end = (exit: Exit): void => {
        running.delete(child);
        this.ended ??= exit;
        resolve(this.ended);
      };
      child.once('error', () => end({ code: -1, signal: null }));
      child.once('exit', (code, signal) => {
        // What it said last may still be on the way.
        child.once('close', () => end({ code, signal }));
        setTimeout(() => end({ code, signal }), LAST_WORDS_MS).unref();
      });
    });
    child.unref();
  }

  static launch(options: ServerCommand): ServerProcess {
    const { command, args, env, cwd, uid, gid, output, onMessage } = options;
    const sink = typeof output === 'string' ? openSync(output, 'w', 0o600) : 'pipe';
    try {
      const stdio: StdioOptions = ['ignore', sink, sink, ...(onMessage ? (['ipc'] as const) : [])];
      const child = spawn(command, args, { env, cwd, uid, gid, detached: true, stdio });
      if (onMessage) child.on('message', onMessage);
      if (typeof output !== 'string') for (const stream of [child.stdout, child.stderr]) stream?.on('data', output);
      return new ServerProcess(child);
    } finally {
      if (typeof sink === 'number') closeSync(sink);
    }
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.ended === undefined;
  }

  /** Sends a signal and waits for the end; past `graceMs` the process is killed. */
  async end(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    if (!this.running) return;
    this.child.kill(signal);
    await within(this.exited, graceMs);
    if (!this.running) return;
    this.child.kill('SIGKILL');
    await within(this.exited, KILL_MS);
  }
}

/** Ends a process that is not a child of ours; past `graceMs` it is killed. */
export async function endProcess(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  for (const [kind, patience] of [[signal, graceMs] as const, ['SIGKILL', KILL_MS] as const]) {
    try {
      process.kill(pid, kind);
    } catch {
      return;
    }
    const deadline = Date.now() + patience;
    while (isAlive(pid) && Date.now() < deadline) await sleep(20);
    if (!isAlive(pid)) return;
  }
}

/** Waits for `work`, at most this long. The timer keeps this process alive, which a server that is waited for does not. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
