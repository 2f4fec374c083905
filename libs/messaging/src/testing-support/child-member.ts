import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `copying-member.ts` as a process that the test may kill, freeze and thaw. */
export class ChildMember {
  readonly said: string[] = [];
  readonly #child: ChildProcess;

  constructor(brokers: readonly string[], groupId: string, topic: string, copies: string) {
    const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
    this.#child = fork(file('./copying-member.ts'), [brokers.join(), groupId, topic, copies], {
      execArgv: ['--conditions=source', '--import', file('./typescript-hooks.mjs')],
      execPath: process.execPath,
    });
    this.#child.on('message', (message) => this.said.push(message as string));
  }

  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  /** Lets a record that waits go on. */
  release(): void {
    this.#child.send('release');
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }
}
