import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in the order and spelling in which they came, alternating. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly at: number;
}

/** Answers a request; by default with 200 and nothing. */
export type Answer = (request: ReceivedRequest, response: ServerResponse, requests: readonly ReceivedRequest[]) => void;

/** A webhook receiver on loopback that keeps every request it gets. */
export class WebhookReceiver {
  readonly requests: ReceivedRequest[] = [];
  private readonly server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const request: ReceivedRequest = {
        method: message.method ?? '',
        url: message.url ?? '',
        headers: message.headers,
        rawHeaders: message.rawHeaders,
        body: Buffer.concat(chunks),
        at: Date.now(),
      };
      this.requests.push(request);
      this.answer(request, response, this.requests);
    });
  });

  private constructor(private readonly answer: Answer) {}

  static async start(answer: Answer = (_request, response) => response.end(), port = 0): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(answer);
    await new Promise<void>((resolve, reject) => {
      receiver.server.once('error', reject);
      receiver.server.listen(port, '127.0.0.1', resolve);
    });
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path = '/'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
