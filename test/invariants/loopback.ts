import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * Where runs take place: endpoints on one loopback address that is allowed, and a listener on another that is not. Linux
 * answers on all of 127/8; elsewhere the other address is that of IPv6.
 */
export const Loopback =
  process.platform === 'linux'
    ? { allowed: '127.0.0.2/32', endpoints: '127.0.0.2', forbidden: '127.0.0.1' }
    : { allowed: '127.0.0.1/32', endpoints: '127.0.0.1', forbidden: '::1' };

/** A name that leads to `Loopback.forbidden`: all names below `localhost` are loopback (RFC 6761). */
const FORBIDDEN_NAME = 'inside.localhost';

/** A server where no webhook may go, as a database or a metadata service would be. Counts who came all the same. */
export class ForbiddenListener {
  /** What was heard of each connection. */
  readonly visits: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ForbiddenListener> {
    const server = createServer();
    const listener = new ForbiddenListener(server);
    server.on('connection', (socket) => {
      const visit = listener.visits.push('a connection') - 1;
      socket.on('error', () => undefined);
      socket.once('data', (chunk) => {
        listener.visits[visit] = chunk.toString('latin1').split('\r\n', 1)[0]!;
        // So that whoever came is not kept waiting, and is seen to have been served.
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, Loopback.forbidden, resolve));
    return listener;
  }

  /** Its URL by address or by a name that leads to it. */
  url(by: 'address' | 'name'): string {
    const { port } = this.server.address() as AddressInfo;
    const address = Loopback.forbidden.includes(':') ? `[${Loopback.forbidden}]` : Loopback.forbidden;
    return `http://${by === 'name' ? FORBIDDEN_NAME : address}:${port}/`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
