import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from '#libs/testing';

/** A built command of the project in a process of its own, with all that it prints. */
export class Command {
  output = '';
  private readonly ended: Promise<unknown>;

  private constructor(readonly child: ChildProcess) {
    const keep = (chunk: Buffer): void => {
      this.output += chunk.toString('utf8');
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.ended = once(child, 'close');
  }

  /** @param entry path below `dist/` */
  static run(entry: string, env: NodeJS.ProcessEnv): Command {
    const path = fileURLToPath(new URL(`../../dist/${entry}`, import.meta.url));
    return new Command(
      spawn(process.execPath, [path], { env: { ...process.env, NODE_OPTIONS: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  /** Resolves once the output holds the text. */
  async prints(text: string, timeoutMs = 60_000): Promise<void> {
    await eventually(
      () => {
        if (this.output.includes(text)) return true;
        if (this.child.exitCode !== null) throw new Error(`it ended with ${this.child.exitCode}:\n${this.output}`);
        throw new Error(`it printed:\n${this.output}`);
      },
      { timeoutMs },
    );
  }

  /** The exit code, once it has ended by itself. */
  async exitCode(): Promise<number | null> {
    await this.ended;
    return this.child.exitCode;
  }

  /** Sends a signal and waits for the end; answers the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.exitCode();
  }
}
