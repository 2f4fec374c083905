import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { dyingWithParent, setprivPath } from '../process/death-signal.js';
import { StackError } from '../stack-error.js';

const NOBODY = 65_534;
const CAP_DAC_OVERRIDE = 1n;
const CAP_DAC_READ_SEARCH = 2n;
const CAP_SETPCAP = 8n;

export interface AccountCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** As whom Postgres runs. It refuses to be root, so root hands it to the user of the data, or to 65534 (`nobody`) for new data. */
export class PostgresAccount {
  private constructor(
    private readonly uid: number | undefined,
    private readonly capability: string | undefined,
  ) {}

  /**
   * Under root, folders that the other user may not pass through (a clone below /root, mode 0700) are no obstacle where the kernel lets
   * root pass on the one capability for reading past them. Copying programs and data elsewhere would be the alternative; but no other
   * place is both readable for all and kept over a reboot, and data would no longer be where the user was told.
   * @throws StackError naming the folder when that capability cannot be had
   */
  static for(dataFolder: string, needed: readonly string[]): PostgresAccount {
    if (process.getuid?.() !== 0) return new PostgresAccount(undefined, undefined);
    const owner = existsSync(dataFolder) ? statSync(dataFolder).uid : NOBODY;
    const uid = owner === 0 ? NOBODY : owner;
    const closed = needed.map((path) => closedParent(path, uid)).find((folder) => folder !== undefined);
    if (closed === undefined) return new PostgresAccount(uid, undefined);
    const capability = setprivPath() && passableCapability();
    if (capability) return new PostgresAccount(uid, capability);
    throw new StackError(
      `Postgres does not run as root and its user ${uid} may not enter ${closed}. Run "chmod o+x ${closed}", or move the repository and HOOKSTREAM_DATA_DIR to folders that everyone may enter.`,
    );
  }

  /** Gives a file or folder to the account. */
  own(path: string): void {
    if (this.uid !== undefined) chownSync(path, this.uid, this.uid);
  }

  /** A command line that runs `command` as the account and, on Linux, shuts it down when this process dies. */
  wrap(command: readonly string[]): AccountCommand {
    const [program = '', ...args] = this.prefixed(command);
    const byNode = this.uid !== undefined && !setprivPath();
    return { command: program, args, ...(byNode ? { uid: this.uid, gid: this.uid } : {}) };
  }

  private prefixed(command: readonly string[]): readonly string[] {
    const setpriv = setprivPath();
    // SIGINT is Postgres' fast shutdown; SIGTERM would wait for clients.
    if (this.uid === undefined || !setpriv) return dyingWithParent(command, 'INT');
    // access(2), with which Postgres looks for its own programs, ignores capabilities unless that secure bit is set.
    const rights = this.capability
      ? [`--inh-caps=-all,+${this.capability}`, `--ambient-caps=+${this.capability}`, '--securebits=+no_setuid_fixup']
      : [];
    return [setpriv, `--reuid=${this.uid}`, `--regid=${this.uid}`, '--clear-groups', ...rights, '--pdeathsig', 'INT', ...command];
  }
}

/** The topmost folder above `path` that this user may not pass through. */
export function closedParent(path: string, uid: number): string | undefined {
  const folder = dirname(path);
  const above = folder === dirname(folder) ? undefined : closedParent(folder, uid);
  if (above) return above;
  const { mode, uid: owner } = statSync(folder);
  return mode & (owner === uid ? 0o100 : 0o001) ? undefined : folder;
}

/** The smallest capability to pass through closed folders that this process can hand on; containers often have only the larger one. */
function passableCapability(): string | undefined {
  const permitted = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`);
  const has = (bit: bigint): boolean => ((permitted >> bit) & 1n) === 1n;
  if (!has(CAP_SETPCAP)) return undefined;
  return has(CAP_DAC_READ_SEARCH) ? 'dac_read_search' : has(CAP_DAC_OVERRIDE) ? 'dac_override' : undefined;
}
