import { commandPath } from '../../before-build/command-path.js';

let setpriv: string | undefined | false = false;

/** setpriv of util-linux, where the system has it. */
export function setprivPath(): string | undefined {
  if (setpriv === false) setpriv = process.platform === 'linux' ? commandPath('setpriv') : undefined;
  return setpriv;
}

/**
 * Makes the kernel send a server this signal when the process that starts it dies, even by SIGKILL, so that nothing is left over.
 * Where the system cannot do that, the next start ends the leftover: see ProcessRecord.
 */
export function dyingWithParent(command: readonly string[], signal: 'INT' | 'TERM'): readonly string[] {
  const wrapper = setprivPath();
  return wrapper ? [wrapper, '--pdeathsig', signal, ...command] : command;
}
