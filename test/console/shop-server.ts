import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const ANY_PORT = 0;

/** Another product, whose page shows the console in a frame. */
export class ShopServer {
  private constructor(
    readonly origin: string,
    private readonly server: Server,
  ) {}

  /**
   * @param framed the address of what the frame shows
   * @param origin of the page; one that nobody knows when left out
   */
  static async start(framed: string, origin = 'http://127.0.0.1'): Promise<ShopServer> {
    const html = `<!doctype html><title>Shop</title><h1>Shop</h1><iframe title="Webhooks" src="${framed}" width="1000" height="700"></iframe>`;
    const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
    const { hostname, port } = new URL(origin);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port === '' ? ANY_PORT : Number(port), hostname, resolve);
    });
    return new ShopServer(`http://${hostname}:${(server.address() as AddressInfo).port}`, server);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
