import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Loopback } from './loopback.js';
import type { SeenRequest } from './oracle.js';
import type { Endpoint } from './scenario.js';

/** A request in the log; its status is set when the answer has left. */
export interface LoggedRequest extends Omit<SeenRequest, 'status'> {
  status: number | null;
  /** When it arrived, by `performance.now()`. */
  readonly at: number;
  /** Requests of its webhook that were under way, this one included. */
  readonly underWay: number;
}

export interface EndpointBehaviour {
  readonly endpoint: Endpoint;
  /** The signing secret as shown to the webhook's owner. */
  readonly secret: string;
}

const SLOW_MS = 10;
const LATE_MS = 1000;
/** A flaky endpoint fails the first request of each event whose number ends in this. */
const FLAKY_DIGIT = '3';
/** Events by which a run finds out that its webhooks are known; they are answered with 200, and no part of it. */
export const PROBE = 'probe-';

/** Late endpoints are spread over origins, as those of many customers are; all others share one. */
const LATE_ORIGINS = 8;

/**
 * The receivers of a run, each a path `/<name>` of a server, and their common log: what the oracle takes for the truth.
 * Signatures are checked on arrival, since their timestamps age, and by libraries that are not ours.
 */
export class Endpoints {
  readonly log: LoggedRequest[] = [];
  /** Webhooks that got a probe. */
  readonly probed = new Set<string>();
  /** Requests that were answered with 200. */
  succeeded = 0;
  /** Called when a request has arrived and nothing has been answered. */
  onArrival: (request: LoggedRequest) => void = () => undefined;
  /** Called when a 2xx has just been handed to the network. */
  onSuccess: (request: LoggedRequest) => void = () => undefined;
  /** Which requests wait for `release`. */
  holds: (request: LoggedRequest) => boolean = () => false;
  private readonly held: (() => void)[] = [];
  private readonly failedOnce = new Set<string>();
  private readonly recovered = new Set<string>();
  private readonly underWay = new Map<string, number>();
  private readonly servers = Array.from({ length: 1 + LATE_ORIGINS }, () =>
    createServer({ keepAliveTimeout: 60_000 }, (message, response) => this.receive(message, response)),
  );
  private lateOnes = 0;

  private constructor(
    private readonly behaviours: ReadonlyMap<string, EndpointBehaviour>,
    private readonly redirectsTo: string,
  ) {}

  /** @param redirectsTo where flaky endpoints send their callers */
  static async start(behaviours: ReadonlyMap<string, EndpointBehaviour>, redirectsTo: string): Promise<Endpoints> {
    const endpoints = new Endpoints(behaviours, redirectsTo);
    await Promise.all(endpoints.servers.map((server) => new Promise<void>((resolve) => server.listen(0, Loopback.endpoints, resolve))));
    return endpoints;
  }

  /** The URL of an endpoint; to be asked once for each. */
  url(name: string): string {
    const server = this.behaviours.get(name)?.endpoint === 'late' ? 1 + (this.lateOnes++ % LATE_ORIGINS) : 0;
    return `http://${Loopback.endpoints}:${(this.servers[server]!.address() as AddressInfo).port}/${name}`;
  }

  /** Answers what is held, and holds nothing any more. */
  release(): void {
    this.holds = () => false;
    for (const answer of this.held.splice(0)) answer();
  }

  /** An endpoint that was down answers from now on, a little slowly. */
  recover(name: string): void {
    this.recovered.add(name);
  }

  async close(): Promise<void> {
    this.release();
    for (const server of this.servers) server.closeAllConnections();
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  private receive(message: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const webhook = (message.url ?? '/').slice(1);
      const eventId = textOf(message, 'webhook-id');
      if (eventId.startsWith(PROBE)) {
        this.probed.add(webhook);
        response.end();
        return;
      }
      const underWay = (this.underWay.get(webhook) ?? 0) + 1;
      this.underWay.set(webhook, underWay);
      response.on('close', () => this.underWay.set(webhook, this.underWay.get(webhook)! - 1));
      const request: LoggedRequest = {
        eventId,
        webhook,
        attempt: Number(textOf(message, 'x-hookstream-attempt')),
        status: null,
        verified: verifies(message, Buffer.concat(chunks), this.behaviours.get(webhook)?.secret ?? ''),
        at: performance.now(),
        underWay,
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
        if (status !== 200) return;
        this.succeeded++;
        this.onSuccess(request);
      });
      response.writeHead(status, headers).end();
    };
    if (endpoint === 'down' && !this.recovered.has(request.webhook)) send(503);
    else if (endpoint === 'late') setTimeout(() => send(200), LATE_MS);
    else if (endpoint === 'slow' || endpoint === 'down') setTimeout(() => send(200), SLOW_MS);
    else if (endpoint === 'flaky' && this.failsNow(request)) send(302, { location: this.redirectsTo });
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
