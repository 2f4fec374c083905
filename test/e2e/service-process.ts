import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built entry of each service, without `.js`. */
const ENTRIES = {
  'subscription-service': 'subscription-service/src/main',
  projector: 'subscription-service/src/projector/main',
  'event-router': 'event-router/src/main',
  'delivery-service': 'delivery-service/src/main',
} as const;

export type ServiceName = keyof typeof ENTRIES;

const START_DEADLINE_MS = 60_000;
/** Longer than any shutdown may take; after it what the service said is worth more than waiting. */
const END_DEADLINE_MS = 90_000;

/** One of our services as it runs in production: the built code in a process of its own. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private output = '';
  /** The port of its HTTP door; unless its settings name one, another after each start, and known when it is ready. */
  port = 0;
  /** Gets everything that it prints, if set before it starts. */
  onOutput: ((text: string) => void) | undefined;

  constructor(
    readonly name: ServiceName,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Resolves when the service says that it is ready. @throws Error with what it printed when it ends before */
  async start(): Promise<void> {
    const entry = fileURLToPath(new URL(`../../dist/apps/${ENTRIES[this.name]}.js`, import.meta.url));
    if (!existsSync(entry)) throw new Error(`${this.name} is not built: run npm test or npm run build`);
    const child = spawn(process.execPath, [entry], {
      env: { ...process.env, ...this.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.port = Number(this.env['HEALTH_PORT'] ?? 0);
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString('utf8')).slice(-20_000);
      this.onOutput?.(chunk.toString('utf8'));
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(this.fault('is not ready in time')), START_DEADLINE_MS);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(this.fault(`ended with ${code ?? signal} before it was ready`));
      });
      child.on('message', (message: { kind: string; port: number }) => {
        if (message.kind !== 'ready') return;
        clearTimeout(timer);
        this.port = message.port;
        resolve();
      });
    });
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** What it printed last, for the message of a failing test. */
  log(): string {
    return this.output;
  }

  /** Whether it runs, frozen or not. */
  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** SIGKILL, as a machine that loses power. The signal is out when this returns; resolves when the process is gone. */
  kill(): Promise<unknown> {
    return this.end('SIGKILL');
  }

  /** Stops its clockwork in the middle of everything, as a paused virtual machine; `thaw` lets it go on. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** Whether `/readyz` says that it is ready; false when it does not answer. */
  async ready(): Promise<boolean> {
    const response = await fetch(`http://127.0.0.1:${this.port}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    await response?.body?.cancel();
    return response?.status === 200;
  }

  /** What `/readyz` says of each part, for the message of a failing test. */
  async readiness(): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.port}/readyz`, { signal: AbortSignal.timeout(5000) });
    return response.text();
  }

  /** The sum of a metric over those of its series that name `label`, if given; 0 when it has none. Throws when it does not answer. */
  async metric(name: string, label = ''): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.port}/metrics`, { signal: AbortSignal.timeout(5000) });
    const lines = (await response.text()).split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    return lines.filter((line) => line.includes(label)).reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    if (!child || !this.running) return child?.exitCode ?? null;
    const late = new AbortController();
    const ended = once(child, 'exit', { signal: late.signal }) as Promise<[number | null]>;
    const timer = setTimeout(() => late.abort(), END_DEADLINE_MS);
    child.kill(signal);
    try {
      const [code] = await ended;
      return code;
    } catch {
      child.kill('SIGKILL');
      throw this.fault(`did not end within ${END_DEADLINE_MS / 1000} s of ${signal}`);
    } finally {
      clearTimeout(timer);
    }
  }

  private fault(what: string): Error {
    return new Error(`${this.name} ${what}:\n${this.output}`);
  }
}
