import { spawn } from 'node:child_process';
import { dyingWithParent } from './death-signal.js';
import { within } from './server-process.js';

export interface Finished {
  /** Exit code; null when it was killed or did not end in time. */
  readonly code: number | null;
  /** Standard output and error together, at most the last 64 KiB. */
  readonly output: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Past this it is killed. */
  readonly timeoutMs: number;
}

const KEPT_OUTPUT = 65_536;

/** Runs a command to its end and collects what it prints. It ends with this process. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const { timeoutMs, ...spawnOptions } = options;
  const [program = '', ...programArgs] = dyingWithParent([command, ...args], 'TERM');
  const child = spawn(program, programArgs, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (text: string): void => {
    output = `${output}${text}`.slice(-KEPT_OUTPUT);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep);
  const finished = new Promise<Finished>((resolve) => {
    child.once('error', (error) => resolve({ code: -1, output: `${output}${error.message}` }));
    child.once('close', (code) => resolve({ code, output }));
  });
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  try {
    const result = await within(finished, timeoutMs);
    if (result) return result;
    child.kill('SIGKILL');
    return { code: null, output: `${output}\nno end after ${timeoutMs / 1000} s` };
  } finally {
    process.off('exit', endWithUs);
  }
}
