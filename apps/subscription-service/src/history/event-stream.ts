import type { ServerResponse } from 'node:http';

export interface EventStreamOptions {
  readonly heartbeatMs?: number;
  readonly mostBufferedBytes?: number;
}

interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
  readonly id?: string;
}

/** After which a client that lost the stream opens it again. */
const RECONNECT_MS = 2_000;

/**
 * A stream of server-sent events to one client. What the client does not take piles up to a bound; beyond it events are
 * left out, and the client is told so once it takes them again.
 */
export class EventStream {
  private readonly heartbeat: NodeJS.Timeout;
  private readonly mostBufferedBytes: number;
  private leftOut = false;

  /** @param leftOutEvent told after events were left out */
  constructor(
    private readonly response: ServerResponse,
    private readonly leftOutEvent: ServerSentEvent,
    { heartbeatMs = 15_000, mostBufferedBytes = 262_144 }: EventStreamOptions = {},
  ) {
    this.mostBufferedBytes = mostBufferedBytes;
    this.heartbeat = setInterval(() => this.write(':\n\n'), heartbeatMs).unref();
    response.on('drain', () => this.catchUp());
    response.once('close', () => clearInterval(this.heartbeat));
    this.write(`retry: ${RECONNECT_MS}\n\n`);
  }

  send(event: ServerSentEvent): void {
    if (this.leftOut || this.response.writableLength > this.mostBufferedBytes) this.leftOut = true;
    else this.write(text(event));
  }

  end(): void {
    clearInterval(this.heartbeat);
    if (!this.response.writableEnded) this.response.end();
  }

  private catchUp(): void {
    if (!this.leftOut) return;
    this.leftOut = false;
    this.write(text(this.leftOutEvent));
  }

  private write(chunk: string): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    if (this.response.writableLength <= 2 * this.mostBufferedBytes) this.response.write(chunk);
  }
}

/** JSON has no line ends of its own, so that one line carries it. */
function text({ event, data, id }: ServerSentEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}
