import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

const PATH = process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts';
const REREAD_MS = 30_000;
const LOCALHOST = ['127.0.0.1', '::1'];

/** The names that the machine itself knows, as c-ares' queries do not look at them; read again every 30 s at most. */
export class HostsFile {
  private names: Promise<ReadonlyMap<string, readonly string[]>> = Promise.resolve(new Map());
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly path = PATH) {}

  /** Empty when the name is not of this machine. `localhost` always is loopback (RFC 6761), whatever the file says. */
  async addresses(hostname: string): Promise<readonly string[]> {
    if (hostname === 'localhost' || hostname.endsWith('.localhost')) return LOCALHOST;
    if (performance.now() - this.readAt > REREAD_MS) {
      this.readAt = performance.now();
      this.names = readFile(this.path, 'utf8').then(parseHosts, () => new Map<string, readonly string[]>());
    }
    return (await this.names).get(hostname) ?? [];
  }
}

/** Addresses by name of a hosts file's text. */
export function parseHosts(text: string): Map<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...hosts] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const host of hosts) names.set(host.toLowerCase(), [...(names.get(host.toLowerCase()) ?? []), address]);
  }
  return names;
}
