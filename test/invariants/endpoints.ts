import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { SeenRequest } from './oracle.js';
import type { Endpoint } from './scenario.js';

/** A request in the log; its status is set when the answer has left. */
export type LoggedRequest = { -readonly [K in keyof SeenRequest]: SeenRequest[K] };

export interface EndpointBehaviour {
  readonly endpoint: Endpoint;
  /** The signing secret as shown to the webhook's owner. */
  readonly secret: string;
}

const SLOW_MS = 10;
/** A flaky endpoint fails the first request of each event whose number ends in this. */
const FLAKY_DIGIT = '3';

/**
 * The receivers of a run, each a path `/<name>` of one server, and their common log: what the oracle takes for the truth.
 * Signatures are checked on arrival, since their timestamps age, and by libraries that are not ours.
 */
export class Endpoints {
  readonly log: LoggedRequest[] = [];
  /** Called when a request has arrived and nothing has been answered. */
  onArrival: (request: LoggedRequest) => void = () => undefined;
  /** Called when a 2xx has just been handed to the network. */
  onSuccess: (request: LoggedRequest) => void = () => undefined;
  /** Which requests wait for `release`. */
  holds: (request: LoggedRequest) => boolean = () => false;
  private readonly held: (() => void)[] = [];
  private readonly failedOnce = new Set<string>();
  private readonly server = createServer((message, response) => this.receive(message, response));

  private constructor(private readonly behaviours: ReadonlyMap<string, EndpointBehaviour>) {}

  static async start(behaviours: ReadonlyMap<string, EndpointBehaviour>): Promise<Endpoints> {
    const endpoints = new Endpoints(behaviours);
    endpoints.server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => endpoints.server.listen(0, '127.0.0.1', resolve));
    return endpoints;
  }

  url(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}`;
  }

  /** Answers what is held, and holds nothing any more. */
  release(): void {
    this.holds = () => false;
    for (const answer of this.held.splice(0)) answer();
  }

  async close(): Promise<void> {
    this.release();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(message: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const webhook = (message.url ?? '/').slice(1);
      const request: LoggedRequest = {
        eventId: textOf(message, 'webhook-id'),
        webhook,
        attempt: Number(textOf(message, 'x-hookstream-attempt')),
        status: null,
        verified: verifies(message, Buffer.concat(chunks), this.behaviours.get(webhook)?.secret ?? ''),
      };
      this.log.push(request);
      this.onArrival(request);
      if (this.holds(request)) this.held.push(() => this.answer(request, response));
      else this.answer(request, response);
    });
  }

  private answer(request: LoggedRequest, response: ServerResponse): void {
    const { endpoint } = this.behaviours.get(request.webhook) ?? { endpoint: 'prompt' };
    const send = (status: number, headers = {}): void => {
      response.on('finish', () => {
        request.status = status;
        if (status === 200) this.onSuccess(request);
      });
      response.writeHead(status, headers).end();
    };
    if (endpoint === 'slow') setTimeout(() => send(200), SLOW_MS);
    else if (endpoint === 'flaky' && this.failsNow(request)) send(302, { location: this.url('other-account') });
    else send(200);
  }

  private failsNow({ eventId, webhook }: LoggedRequest): boolean {
    const key = `${eventId} ${webhook}`;
    if (!eventId.endsWith(FLAKY_DIGIT) || this.failedOnce.has(key)) return false;
    this.failedOnce.add(key);
    return true;
  }
}

function textOf(message: IncomingMessage, name: string): string {
  const value = message.headers[name];
  return typeof value === 'string' ? value : '';
}

function verifies(message: IncomingMessage, body: Buffer, secret: string): boolean {
  const plain = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  if (textOf(message, 'x-hookstream-signature') !== plain) return false;
  try {
    // The library takes the key as base64; ours is the UTF-8 bytes of the secret as shown.
    new Webhook(Buffer.from(secret, 'utf8').toString('base64')).verify(body, message.headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
