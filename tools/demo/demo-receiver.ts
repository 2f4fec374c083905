import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Arrival {
  /** The path that the webhook posts to. */
  readonly path: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly at: number;
  /** Why the signature does not verify; undefined when it does. */
  readonly fault: string | undefined;
}

/** A receiver as a customer would write it: it verifies each request with the Standard Webhooks library and answers 200 or 401. */
export class DemoReceiver {
  private readonly verifiers = new Map<string, Webhook>();
  private readonly server: Server;

  private constructor(onArrival: (arrival: Arrival) => void) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url ?? '/';
        const fault = this.check(path, request.headers, Buffer.concat(chunks));
        response.writeHead(fault === undefined ? 200 : 401).end();
        const { 'webhook-id': id, 'x-hookstream-event': type } = request.headers;
        onArrival({ path, eventId: String(id), eventType: String(type), at: performance.timeOrigin + performance.now(), fault });
      });
    });
  }

  static async start(onArrival: (arrival: Arrival) => void): Promise<DemoReceiver> {
    const receiver = new DemoReceiver(onArrival);
    await new Promise<void>((resolve, reject) => {
      receiver.server.once('error', reject);
      receiver.server.listen(0, '127.0.0.1', resolve);
    });
    return receiver;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** Requests to this path must verify with this secret. */
  expect(path: string, secretWhsec: string): void {
    this.verifiers.set(path, new Webhook(secretWhsec));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private check(path: string, headers: IncomingHttpHeaders, body: Buffer): string | undefined {
    const verifier = this.verifiers.get(path);
    if (!verifier) return 'nobody registered this address';
    try {
      verifier.verify(body, headers as Record<string, string>, { jsonParse: false });
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }
}
