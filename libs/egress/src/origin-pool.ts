import { Client, Pool, type Dispatcher } from 'undici';
import { Connection } from './connection.js';
import type { Carrier, Exchange } from './exchange.js';
import type { GuardedConnector } from './guarded-connector.js';
import type { WebhookUrl } from './webhook-url.js';

const CLIENT_OPTIONS = {
  allowH2: false,
  pipelining: 1,
  maxHeaderSize: 16_384,
  // The receiver's own `keep-alive: timeout` counts, up to a minute; without one an idle connection is kept for 4 s.
  keepAliveTimeout: 4000,
  keepAliveMaxTimeout: 60_000,
  // Both are idle timers, which a dripping response never trips; the exchange has a deadline for everything.
  headersTimeout: 0,
  bodyTimeout: 0,
} as const;

const MAX_SESSION_BYTES = 8192;

/** All connections to one origin. Each goes through the guarded connector and is known to the exchanges it serves. */
export class OriginPool {
  private readonly pool: Pool;
  private readonly fresh = new Set<Client>();
  private session: Buffer | undefined;
  /** Exchanges that have not settled yet. */
  inFlight = 0;

  /** @param host any URL of the origin: only its scheme, host and port count */
  constructor(
    private readonly host: WebhookUrl,
    private readonly connector: GuardedConnector,
    connections: number,
  ) {
    this.pool = new Pool(host.url.origin, { ...CLIENT_OPTIONS, connections, factory: () => this.client() });
  }

  dispatch(options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    this.pool.dispatch(options, exchange);
  }

  /** On a connection of its own, which ends with the exchange. */
  dispatchFresh(options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    const client = this.client();
    client.dispatch(options, exchange);
    this.fresh.add(client);
    void client.close().finally(() => this.fresh.delete(client));
  }

  async destroy(): Promise<void> {
    await Promise.all([this.pool, ...this.fresh].map((dispatcher) => dispatcher.destroy()));
  }

  private client(): Client {
    const carrier: ClientCarrier = { connection: new Connection(), exchange: undefined };
    return new CarrierClient(this.host.url.origin, carrier, {
      ...CLIENT_OPTIONS,
      connect: (_target, callback) => {
        carrier.connection = new Connection();
        this.connector
          .open(this.host, carrier.connection, this.session, (session) => this.keepSession(session))
          .then(
            (socket) => {
              callback(null, socket);
              // After undici's own listener, so that it has seen what is counted.
              socket.on('readable', () => carrier.exchange?.onWireBytes());
            },
            (error: Error) => callback(error, null),
          );
      },
    });
  }

  // A session of the usual size takes 2 KiB; a receiver could make it 64 KiB, times the number of origins.
  private keepSession(session: Buffer): void {
    if (session.length <= MAX_SESSION_BYTES) this.session = session;
  }
}

interface ClientCarrier extends Carrier {
  connection: Connection;
}

/** Tells each exchange which connection it travels on; undici's own events do not. */
class CarrierClient extends Client {
  constructor(
    origin: string,
    private readonly carrier: Carrier,
    options: Client.Options,
  ) {
    super(origin, options);
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    (handler as Exchange).carrier = this.carrier;
    return super.dispatch(options, handler);
  }
}
