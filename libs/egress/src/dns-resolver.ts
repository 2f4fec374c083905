import type { RecordWithTtl } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { AddressResolver, ResolveError } from './address-resolver.js';
import { HostsFile } from './hosts-file.js';
import { LookupGate } from './lookup-gate.js';

const MAX_NAMES = 10_000;
/** Of one name; real ones have a dozen. */
const MAX_ADDRESSES = 64;
const MIN_TTL_MS = 1000;
const MAX_TTL_MS = 60_000;
const NOT_FOUND_TTL_MS = 5000;
const UNAVAILABLE_TTL_MS = 1000;
/** How long the answer of one family waits for the other's. */
const SECOND_FAMILY_MS = 100;
/** For a look-up as a whole, below the 3 s for connecting; c-ares' own timeouts add up over servers and repeats. */
const LOOKUP_TIMEOUT_MS = 2500;

interface Entry {
  readonly answer: Promise<readonly string[]>;
  /** Infinity while the question is open. */
  expiresAt: number;
}

interface Answer {
  readonly addresses: readonly string[];
  readonly ttlMs: number;
}

/**
 * Host names to addresses over c-ares, which asks in parallel on sockets of its own: a name server that stays silent
 * delays the names it serves and no others (getaddrinfo would hold one of the process's few worker threads). Answers
 * are kept for their time to live within bounds, at most 10,000 of them; a question asked twice at once goes out once.
 * Questions under way are bounded too, see `LookupGate`.
 */
export class DnsResolver extends AddressResolver {
  private readonly entries = new Map<string, Entry>();
  private readonly hosts = new HostsFile();
  private readonly gate = new LookupGate();
  private readonly resolver: Resolver;

  /**
   * @param servers name servers as `address` or `address:port`; those of the system by default
   * @param timeoutMs for a look-up as a whole
   */
  constructor(
    servers?: readonly string[],
    private readonly timeoutMs = LOOKUP_TIMEOUT_MS,
  ) {
    super();
    this.resolver = new Resolver({ timeout: 1000, tries: 2 });
    if (servers) this.resolver.setServers(servers);
  }

  override resolve(hostname: string): Promise<readonly string[]> {
    const known = this.entries.get(hostname);
    if (known && known.expiresAt > performance.now()) return known.answer;
    this.entries.delete(hostname);
    if (this.entries.size >= MAX_NAMES) this.entries.delete(this.entries.keys().next().value!);
    return this.ask(hostname);
  }

  /** Gives up every question under way. */
  close(): void {
    this.resolver.cancel();
  }

  private ask(hostname: string): Promise<readonly string[]> {
    const asked = this.lookUp(hostname);
    const entry: Entry = { answer: asked.then(({ addresses }) => addresses), expiresAt: Number.POSITIVE_INFINITY };
    this.entries.set(hostname, entry);
    asked.then(
      ({ ttlMs }) => (entry.expiresAt = performance.now() + ttlMs),
      (error: unknown) => {
        const missing = error instanceof ResolveError && error.reason === 'not-found';
        entry.expiresAt = performance.now() + (missing ? NOT_FOUND_TTL_MS : UNAVAILABLE_TTL_MS);
      },
    );
    return entry.answer;
  }

  private async lookUp(hostname: string): Promise<Answer> {
    const local = await this.hosts.addresses(hostname);
    if (local.length > 0) return { addresses: local, ttlMs: MIN_TTL_MS };
    const answers = await this.question(hostname);
    const records = answers.flatMap((answer) => (answer?.status === 'fulfilled' ? answer.value : []));
    if (records.length === 0) throw resolveError(hostname, answers);
    if (records.length > MAX_ADDRESSES) throw new ResolveError('unavailable', `${hostname} has more than ${MAX_ADDRESSES} addresses`);
    const ttlMs = Math.min(...records.map((record) => record.ttl)) * 1000;
    return { addresses: records.map((record) => record.address), ttlMs: Math.min(Math.max(ttlMs, MIN_TTL_MS), MAX_TTL_MS) };
  }

  /** Asks for both families, as soon as the gate lets it; a question that is not answered in time stays under way behind the gate. */
  private question(hostname: string): Promise<readonly Family[]> {
    return new Promise((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(unavailable(hostname));
      }, this.timeoutMs);
      this.gate.enter(hostname, () => {
        if (late) return undefined;
        const families = [this.resolver.resolve4(hostname, { ttl: true }), this.resolver.resolve6(hostname, { ttl: true })];
        void settle(families).then((answers) => {
          clearTimeout(timer);
          resolve(answers);
        });
        return Promise.allSettled(families);
      });
    });
  }
}

type Family = PromiseSettledResult<readonly RecordWithTtl[]> | undefined;

/** Waits for both, but not long for the second one once the first has brought something. */
async function settle<T>(both: readonly Promise<readonly T[]>[]): Promise<(PromiseSettledResult<readonly T[]> | undefined)[]> {
  const results = both.map((): PromiseSettledResult<readonly T[]> | undefined => undefined);
  await new Promise<void>((resolve) => {
    let open = both.length;
    let timer: NodeJS.Timeout | undefined;
    both.forEach((question, index) => {
      const done = (result: PromiseSettledResult<readonly T[]>): void => {
        results[index] = result;
        open -= 1;
        if (open === 0) {
          clearTimeout(timer);
          resolve();
        } else if (result.status === 'fulfilled' && result.value.length > 0) {
          timer = setTimeout(resolve, SECOND_FAMILY_MS);
        }
      };
      question.then(
        (value) => done({ status: 'fulfilled', value }),
        (reason: unknown) => done({ status: 'rejected', reason }),
      );
    });
  });
  return [...results];
}

function resolveError(hostname: string, answers: readonly (PromiseSettledResult<unknown> | undefined)[]): ResolveError {
  const codes = answers.map((answer) => (answer?.status === 'rejected' ? ((answer.reason as { code?: string }).code ?? '') : ''));
  const missing = codes.every((code) => code === 'ENOTFOUND' || code === 'ENODATA' || code === '');
  return missing ? new ResolveError('not-found', `${hostname} has no address`) : unavailable(hostname);
}

function unavailable(hostname: string): ResolveError {
  return new ResolveError('unavailable', `the address of ${hostname} could not be looked up`);
}
