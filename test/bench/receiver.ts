import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ReceiverReport {
  readonly requests: number;
  /** Event id to milliseconds since the epoch, of its first arrival. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** The same of its last arrival, of those that arrived more than once. */
  readonly repeats: ReadonlyMap<string, number>;
  /** Requests that hang at the moment. */
  readonly hanging: number;
  /** CPU that the process has used since the last reset or report. */
  readonly cpuSeconds: number;
}

type Times = [string, number][];

/** The receiver process of a run, seen from the benchmark. */
export class BenchReceiver {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<BenchReceiver> {
    const child = fork(fileURLToPath(new URL('./receiver-process.js', import.meta.url)), { serialization: 'advanced' });
    const { port } = await answer<{ port: number }>(child, 'listening');
    return new BenchReceiver(child, port);
  }

  /** Forgets what arrived so far. */
  async reset(): Promise<void> {
    const done = answer(this.child, 'reset');
    this.child.send({ kind: 'reset' });
    await done;
  }

  /** What arrived since the last reset; forgets it. */
  async report(): Promise<ReceiverReport> {
    const done = answer<Omit<ReceiverReport, 'arrivals' | 'repeats'> & { arrivals: Times; repeats: Times }>(this.child, 'report');
    this.child.send({ kind: 'report' });
    const { arrivals, repeats, ...rest } = await done;
    return { ...rest, arrivals: new Map(arrivals), repeats: new Map(repeats) };
  }

  /** Listens on so many more ports, each an origin of its own. */
  async open(ports: number): Promise<readonly number[]> {
    const done = answer<{ ports: number[] }>(this.child, 'open');
    this.child.send({ kind: 'open', ports });
    return (await done).ports;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  stop(): void {
    this.child.kill();
  }
}

function answer<T>(child: ChildProcess, kind: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('the receiver process ended'));
    const onMessage = (message: unknown): void => {
      if ((message as { kind: string }).kind !== kind) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(message as T);
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}
