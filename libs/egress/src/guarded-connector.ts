import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { ResolveError, type AddressResolver } from './address-resolver.js';
import { addressBytes } from './cidr.js';
import type { Connection } from './connection.js';
import { EgressFault, connectFault } from './egress-fault.js';
import type { EgressPolicy } from './egress-policy.js';
import { vetHost, type WebhookUrl } from './webhook-url.js';

export interface ConnectorOptions {
  readonly policy: EgressPolicy;
  readonly resolver: AddressResolver;
  /** From the look-up of the name to the end of the TLS handshake, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** Certificate authorities to trust instead of the well-known ones, PEM. */
  readonly ca?: string | readonly string[] | undefined;
}

/**
 * Opens connections to vetted addresses only. The name is resolved once per connection; every answer is vetted, and
 * the socket is handed exactly those answers instead of the name, so that a name server that changes its mind in
 * between gains nothing. Addresses written in the URL never pass a look-up and are vetted on their own. Where the
 * socket ended up is checked once more before a byte is sent.
 */
export class GuardedConnector {
  private readonly trusted: string[] | undefined;

  constructor(private readonly options: ConnectorOptions) {
    this.trusted = options.ca === undefined ? undefined : [options.ca].flat();
  }

  /** @throws EgressFault; `connection` then tells how far it came */
  async open(host: WebhookUrl, connection: Connection, session: Buffer | undefined, onSession: (session: Buffer) => void): Promise<Socket> {
    let socket: Socket | undefined;
    let expire: (fault: EgressFault) => void = () => undefined;
    const expired = new Promise<never>((_resolve, reject) => (expire = reject));
    const timer = setTimeout(() => {
      socket?.destroy();
      expire(timeoutFault(connection, this.options.connectTimeoutMs));
    }, this.options.connectTimeoutMs);
    try {
      connection.vetted = await Promise.race([this.vettedAddresses(host), expired]);
      connection.resolvedAt = host.literal ? null : performance.now();
      connection.phase = 'connect';
      socket = host.url.protocol === 'https:' ? this.startTls(host, connection, session, onSession) : connectTcp(target(host, connection));
      socket.setNoDelay(true).setKeepAlive(true, 60_000);
      await Promise.race([this.established(socket, connection), expired]);
      return socket;
    } catch (cause) {
      socket?.destroy();
      throw connectFault(connection.phase === 'open' ? 'connect' : connection.phase, cause, connection.certificateEnd);
    } finally {
      clearTimeout(timer);
    }
  }

  private async vettedAddresses(host: WebhookUrl): Promise<readonly string[]> {
    const addresses = host.literal ? [host.hostname] : await this.resolve(host.hostname);
    const refusal = vetHost(host, addresses, this.options.policy);
    if (refusal) throw new EgressFault('policy', refusal.message);
    return addresses;
  }

  private async resolve(hostname: string): Promise<readonly string[]> {
    try {
      return await this.options.resolver.resolve(hostname);
    } catch (cause) {
      throw new EgressFault('dns', cause instanceof ResolveError ? cause.message : `${hostname} could not be resolved`, { cause });
    }
  }

  private startTls(host: WebhookUrl, connection: Connection, session: Buffer | undefined, onSession: (session: Buffer) => void): TLSSocket {
    const socket = connectTls({
      ...target(host, connection),
      ...(host.literal ? {} : { servername: host.hostname }),
      ...(this.trusted ? { ca: this.trusted } : {}),
      session,
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ALPNProtocols: ['http/1.1'],
    });
    // Before Node judges the certificate: once it has refused one, the socket tells nothing of it any more.
    socket.prependListener('secure', () => (connection.certificateEnd = certificateEnd(socket)));
    return socket.on('session', onSession);
  }

  private established(socket: Socket, connection: Connection): Promise<void> {
    const secure = 'authorized' in socket;
    return new Promise((resolve, reject) => {
      // Stays for good: a socket without an error listener would end the process.
      socket.on('error', reject);
      socket.once('close', () =>
        reject(new EgressFault(secure && connection.phase === 'tls' ? 'tls' : 'connect', 'the receiver closed the connection')),
      );
      socket.once('connect', () => {
        connection.connectedAt = performance.now();
        if (!isVetted(socket.remoteAddress, connection.vetted)) {
          reject(new EgressFault('policy', 'the connection went to an address that was not vetted'));
          return;
        }
        connection.address = socket.remoteAddress ?? null;
        connection.socket = socket;
        connection.phase = secure ? 'tls' : 'open';
        if (!secure) resolve();
      });
      socket.once('secureConnect', () => {
        connection.securedAt = performance.now();
        connection.phase = 'open';
        resolve();
      });
    });
  }
}

function target(host: WebhookUrl, connection: Connection) {
  const answers = connection.vetted.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const lookup: LookupFunction = (_hostname, options, callback) => {
    if (options.all) callback(null, answers);
    else callback(null, answers[0]!.address, answers[0]!.family);
  };
  const port = Number(host.url.port || (host.url.protocol === 'https:' ? 443 : 80));
  return { host: host.hostname, port, lookup, autoSelectFamily: true };
}

/** Undefined for a certificate that nobody has vouched for yet and that cannot be read: it is refused without its date. */
function certificateEnd(socket: TLSSocket): number | undefined {
  try {
    return Date.parse(socket.getPeerCertificate().valid_to);
  } catch {
    return undefined;
  }
}

function isVetted(remote: string | undefined, vetted: readonly string[]): boolean {
  const reached = addressBytes(remote ?? '')?.join();
  return reached !== undefined && vetted.some((address) => addressBytes(address)?.join() === reached);
}

function timeoutFault(connection: Connection, limitMs: number): EgressFault {
  const phase = connection.phase === 'open' ? 'connect' : connection.phase;
  const words = { dns: 'the name was not resolved', connect: 'no connection', tls: 'the TLS handshake was not finished' }[phase];
  return new EgressFault(phase, `${words} within ${limitMs} ms`);
}
