import type { Dispatcher } from 'undici';
import type { AddressResolver } from './address-resolver.js';
import { DnsResolver } from './dns-resolver.js';
import type { EgressPolicy } from './egress-policy.js';
import type { EgressRequest, EgressResult, EgressTimings } from './egress-result.js';
import { Exchange } from './exchange.js';
import { GuardedConnector } from './guarded-connector.js';
import { OriginPool } from './origin-pool.js';
import type { Refusal } from './vet-address.js';
import { MAX_REQUEST_URL_LENGTH, parseWebhookUrl, type WebhookUrl } from './webhook-url.js';

export interface EgressOptions {
  readonly policy: EgressPolicy;
  readonly resolver?: AddressResolver;
  /** How many connections one origin may get; a request beyond waits, and its deadline runs. */
  readonly connectionsPerOrigin?: number;
  /** How many origins keep connections; the one unused for longest gives way. Origins with requests under way are never cut. */
  readonly maxOrigins?: number;
  readonly connectTimeoutMs?: number;
  /** Certificate authorities to trust instead of the well-known ones, PEM. */
  readonly ca?: string | readonly string[];
}

const DEFAULTS = { connectionsPerOrigin: 1024, maxOrigins: 1000, connectTimeoutMs: 3000 };
const NO_TIMINGS: EgressTimings = { dns: null, connect: null, tls: null, firstByte: null, total: 0 };

/**
 * The one way out: HTTP/1.1 requests to where webhooks may go, with bounds on time, size and connections. Redirects
 * are answers like any other, bodies stay compressed, TLS is verified and at least 1.2. See the README for the rules.
 */
export class EgressClient {
  private readonly pools = new Map<string, OriginPool>();
  private readonly connector: GuardedConnector;
  private readonly settings: Required<Pick<EgressOptions, keyof typeof DEFAULTS>>;
  private readonly policy: EgressPolicy;
  private readonly ownResolver: DnsResolver | undefined;

  constructor(options: EgressOptions) {
    const { policy, ca } = options;
    const resolver = options.resolver ?? (this.ownResolver = new DnsResolver());
    this.policy = policy;
    this.settings = { ...DEFAULTS, ...options };
    this.connector = new GuardedConnector({ policy, resolver, ca, connectTimeoutMs: this.settings.connectTimeoutMs });
  }

  /** Sends a request and hands back what came of it; never rejects for anything the receiver or the network does. */
  send(request: EgressRequest): Promise<EgressResult> {
    const target = parseWebhookUrl(request.url, this.policy, MAX_REQUEST_URL_LENGTH);
    if (!target.ok) return Promise.resolve(refused(target));
    const pool = this.pool(target);
    const options: Dispatcher.DispatchOptions = {
      path: target.url.pathname + target.url.search,
      method: request.method,
      headers: wireHeaders(request.headers),
      body: request.body,
    };
    return new Promise((resolve) => {
      pool.inFlight += 1;
      const settle = (result: EgressResult): void => {
        pool.inFlight -= 1;
        resolve(result);
      };
      pool.dispatch(options, new Exchange(request.timeoutMs, settle, (exchange) => pool.dispatchFresh(options, exchange)));
    });
  }

  /** Ends every connection; requests under way fail. */
  async close(): Promise<void> {
    const pools = [...this.pools.values()];
    this.pools.clear();
    this.ownResolver?.close();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  private pool(target: WebhookUrl): OriginPool {
    const { origin } = target.url;
    let pool = this.pools.get(origin);
    if (pool) {
      this.pools.delete(origin);
    } else {
      if (this.pools.size >= this.settings.maxOrigins) this.evict();
      pool = new OriginPool(target, this.connector, this.settings.connectionsPerOrigin);
    }
    this.pools.set(origin, pool); // last in the map is last used
    return pool;
  }

  private evict(): void {
    for (const [origin, pool] of this.pools) {
      if (pool.inFlight > 0) continue;
      this.pools.delete(origin);
      void pool.destroy();
      return;
    }
  }
}

// A receiver that asks for compression anyway is answered as if it had not: what comes back is stored as it is.
function wireHeaders(headers: readonly string[]): string[] {
  const wire: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]!.length === 15 && headers[i]!.toLowerCase() === 'accept-encoding') continue;
    wire.push(headers[i]!, headers[i + 1]!);
  }
  wire.push('accept-encoding', 'identity');
  return wire;
}

function refused(refusal: Refusal): EgressResult {
  return { kind: 'failure', errorClass: 'policy', message: refusal.message, timings: NO_TIMINGS, address: null, partial: null };
}
