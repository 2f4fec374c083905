import type { Socket } from 'node:net';

/** One TCP connection: where it goes, how it came about, how often it was used. Times are of `performance.now()`. */
export class Connection {
  readonly startedAt = performance.now();
  phase: 'dns' | 'connect' | 'tls' | 'open' = 'dns';
  /** The addresses that were vetted: the only ones it may go to. */
  vetted: readonly string[] = [];
  resolvedAt: number | null = null;
  connectedAt: number | null = null;
  securedAt: number | null = null;
  /** When the receiver's own certificate ends, in milliseconds since the epoch; known once it has shown one that can be read. */
  certificateEnd: number | undefined;
  /** Known once connected. */
  address: string | null = null;
  /** Requests written to it so far. */
  served = 0;
  /** Set while it is open. */
  socket: Socket | undefined;

  /** Received so far; behind TLS after decryption. */
  get wireBytes(): number {
    return this.socket?.bytesRead ?? 0;
  }
}
