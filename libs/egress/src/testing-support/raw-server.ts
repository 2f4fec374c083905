import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { closeAfterTest } from '#libs/testing';

export interface RawServer {
  readonly port: number;
  readonly url: string;
  /** Made so far. */
  readonly connections: () => number;
  /** Open now. */
  readonly open: () => number;
}

/** A server below HTTP: what it writes is what the test says. @param connection counts from 1 */
export type Serve = (socket: Socket, connection: number) => void;

export function rawServer(serve: Serve): Promise<RawServer> {
  return start('http', serve, (accept) => createServer({ noDelay: true }, accept));
}

/** The same behind TLS. Connections count from the first packet, before any handshake. */
export function rawTlsServer(options: TlsOptions, serve: Serve): Promise<RawServer> {
  return start('https', serve, (accept) => createTlsServer(options, accept).on('tlsClientError', () => undefined));
}

async function start(scheme: string, serve: Serve, create: (accept: (socket: Socket) => void) => Server): Promise<RawServer> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = create((socket) => {
    socket.on('error', () => undefined);
    serve(socket, connections);
  });
  server.prependListener('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfterTest(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `${scheme}://127.0.0.1:${port}/`, connections: () => connections, open: () => sockets.size };
}
