import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ErrorClass } from '#libs/contracts';
import { Loopback } from './loopback.js';

export interface HostileEndpoint {
  readonly name: string;
  readonly scheme?: 'https';
  /** Answers one connection. */
  readonly serve: (socket: Socket) => void;
  /** What a delivery to it must end with. */
  readonly ends: {
    readonly result: 'succeeded' | 'failed';
    readonly lastStatusCode: number | null;
    readonly lastErrorClass: ErrorClass | null;
  };
}

const STATUSES: readonly [status: number, errorClass: ErrorClass][] = [
  ...[300, 301, 302, 303, 304, 305, 306, 307, 308].map((status): [number, ErrorClass] => [status, 'http_3xx']),
  ...[400, 401, 404, 413, 429].map((status): [number, ErrorClass] => [status, 'http_4xx']),
  ...[500, 502, 503, 504, 599, 999].map((status): [number, ErrorClass] => [status, 'http_5xx']),
];
const BOMB = gzipSync(Buffer.alloc(16 * 1024 * 1024));
const OK = 'HTTP/1.1 200 OK\r\n';
const DRIP_MS = 20;

const delivered: HostileEndpoint['ends'] = { result: 'succeeded', lastStatusCode: 200, lastErrorClass: null };
const failed = (lastErrorClass: ErrorClass, lastStatusCode: number | null = null): HostileEndpoint['ends'] => ({
  result: 'failed',
  lastStatusCode,
  lastErrorClass,
});

/** One of each kind of receiver that would do harm if it could. @param redirectTo where those send their callers that redirect */
export function hostileEndpoints(redirectTo: string): HostileEndpoint[] {
  const says = (text: string) => (socket: Socket) => void socket.on('data', () => socket.write(text));
  const statuses = STATUSES.map(([status, errorClass]): HostileEndpoint => {
    const head = `HTTP/1.1 ${status} Said\r\nlocation: ${redirectTo}\r\n${status === 304 ? '' : 'content-length: 0\r\n'}\r\n`;
    return { name: `answers ${status}`, serve: says(head), ends: failed(errorClass, status) };
  });
  return [
    ...statuses,
    { name: 'hangs', serve: () => undefined, ends: failed('timeout') },
    { name: 'drips headers', serve: drips(`${OK}x-a: `, 'a'), ends: failed('timeout') },
    { name: 'drips a body', serve: drips(`${OK}content-length: 100000\r\n\r\n`, 'x'), ends: failed('timeout', 200) },
    { name: 'resets', serve: (socket) => void socket.once('data', () => socket.resetAndDestroy()), ends: failed('reset') },
    { name: 'sends 10 GB', serve: floods(`${OK}content-length: 10737418240\r\n\r\n`, 'x'), ends: delivered },
    {
      name: 'sends a gzip bomb',
      serve: (socket) =>
        void socket.on('data', () => {
          socket.write(`${OK}content-encoding: gzip\r\ncontent-length: ${BOMB.length}\r\n\r\n`);
          socket.write(BOMB);
        }),
      ends: delivered,
    },
    {
      name: 'promises more than it sends',
      serve: (socket) => void socket.once('data', () => socket.end(`${OK}content-length: 10\r\n\r\nabc`)),
      ends: failed('reset', 200),
    },
    { name: 'has two lengths', serve: says(`${OK}content-length: 5\r\ncontent-length: 6\r\n\r\nabcdef`), ends: failed('protocol') },
    { name: 'floods with 1xx', serve: floods('', 'HTTP/1.1 103 Early Hints\r\n\r\n'), ends: failed('protocol') },
    { name: 'floods with headers', serve: floods(OK, 'a: b\r\n'), ends: failed('protocol') },
    { name: 'stalls the TLS handshake', scheme: 'https', serve: () => undefined, ends: failed('tls') },
    { name: 'speaks no TLS', scheme: 'https', serve: says(`${OK}content-length: 0\r\n\r\n`), ends: failed('tls') },
  ];
}

/** Listens for one of them. */
export class HostileServer {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: string,
  ) {}

  static async start({ scheme, serve }: HostileEndpoint): Promise<HostileServer> {
    const server = createServer({ noDelay: true });
    const hostile = new HostileServer(server, scheme ?? 'http');
    server.on('connection', (socket) => {
      hostile.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => hostile.sockets.delete(socket));
      serve(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, Loopback.endpoints, resolve));
    return hostile;
  }

  get url(): string {
    return `${this.scheme}://${Loopback.endpoints}:${(this.server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function drips(head: string, piece: string): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => {
      socket.write(head);
      const timer = setInterval(() => socket.write(piece), DRIP_MS);
      socket.on('close', () => clearInterval(timer));
    });
  };
}

/** Writes for as long as the other side reads. */
function floods(head: string, piece: string): (socket: Socket) => void {
  const block = piece.repeat(Math.ceil(65_536 / piece.length));
  return (socket) => {
    const push = (): void => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.once('data', () => {
      socket.write(head);
      socket.on('drain', push);
      push();
    });
  };
}
