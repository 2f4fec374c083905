import { timingSafeEqual } from 'node:crypto';
import { DEFAULT_ACCOUNT } from '#libs/contracts';
import { AppError, type Clock } from '#libs/kernel';
import { addressBlock } from './address-block.js';
import type { AdminKey } from './admin-key.js';
import type { AccountDirectory, FailedAuthentications, KeyDirectory, KnownKey } from './directories.js';
import { keyHash, keyIdOf } from './key-text.js';
import { looksLikePortalToken, type PortalSession, type PortalTokens } from './portal-tokens.js';
import type { Origin, Principal } from './principal.js';
import { mayUse, type Scope } from './scopes.js';
import { TokenBuckets } from './token-buckets.js';
import './auth.errors.js';

/** What a caller shows, whatever the protocol. */
export interface Presented {
  /** The value of `Authorization`. */
  readonly authorization: string | undefined;
  /** The value of `hookstream-account`, percent-encoded: the account that an admin key acts for. */
  readonly account?: string | undefined;
  readonly origin: Origin;
}

/** Wrong keys that one address may try before it has to wait. A valid key opens all the same: its owner may share the address. */
const FAILURES = { perSecond: 5, burst: 100 };
const ADMIN: ReadonlySet<Scope> = new Set(['admin']);
const NO_KEY = 'no-key';
const NOT_LIMITED = { allowed: true, retryAfterSeconds: 0 };

/** Says who calls. */
export class Authentication {
  private readonly failures = new TokenBuckets(FAILURES);

  constructor(
    private readonly adminKey: AdminKey,
    private readonly keys: KeyDirectory,
    private readonly accounts: AccountDirectory,
    private readonly failed: FailedAuthentications,
    private readonly clock: Clock,
    private readonly portalTokens: PortalTokens,
  ) {}

  /**
   * @throws AppError `UNAUTHENTICATED`, the same for every reason; `RATE_LIMITED` for an address that tried too many wrong keys;
   * `ACCOUNT_NOT_FOUND` for an account that the key may not act for; `DATABASE_UNAVAILABLE`
   */
  async authenticate({ authorization, account, origin }: Presented): Promise<Principal> {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token !== undefined && looksLikePortalToken(token)) {
      const session = await this.portalSession(token);
      if (typeof session === 'string') throw this.failure(session, origin);
      return this.actingFor(account, guest(session, origin));
    }
    const key = token === undefined ? NO_KEY : this.adminKey.matches(token) ? 'admin' : await this.storedKey(token);
    if (key === 'admin') return this.actingFor(account, { accountId: DEFAULT_ACCOUNT, actor: 'admin', keyId: null, scopes: ADMIN, origin });
    if (typeof key === 'string') throw this.failure(key, origin);
    // On every call, so that the keys of an account stop with it.
    if (!(await this.accounts.find(key.accountId))) throw this.failure('account-gone', origin);
    this.keys.used(key.id);
    return this.actingFor(account, { accountId: key.accountId, actor: key.id, keyId: key.id, scopes: key.scopes, origin });
  }

  /** As with `storedKey`; ends with its account too. */
  private async portalSession(token: string): Promise<PortalSession | string> {
    const session = this.portalTokens.open(token, this.clock.now());
    if (typeof session === 'string') return session;
    return (await this.accounts.find(session.accountId)) ? session : 'account-gone';
  }

  /** The key, or why it does not open: for the audit log, not for the caller. */
  private async storedKey(token: string): Promise<KnownKey | string> {
    const id = keyIdOf(token);
    if (id === undefined) return 'not-a-key';
    const key = await this.keys.find(id);
    if (!key) return 'unknown-key';
    const now = this.clock.now();
    const hash = keyHash(token);
    // Each is compared, so that the time taken does not tell which one was close.
    const opens = key.hashes.map((known) => timingSafeEqual(known.hash, hash) && (known.until === null || now < known.until));
    if (!opens.includes(true)) return 'wrong-key';
    return key.expiresAt !== null && now >= key.expiresAt ? 'expired-key' : key;
  }

  private async actingFor(account: string | undefined, principal: Principal): Promise<Principal> {
    if (account === undefined) return principal;
    const accountId = decoded(account);
    if (accountId === principal.accountId) return principal;
    if (accountId === undefined || !mayUse(principal.scopes, 'admin') || !(await this.accounts.find(accountId))) {
      throw new AppError('ACCOUNT_NOT_FOUND', 'there is no account with this id');
    }
    return { ...principal, accountId };
  }

  private failure(reason: string, { remoteAddress }: Origin): AppError {
    const address = addressBlock(remoteAddress);
    this.failed.note(address, reason);
    // A call without any key tries nothing: it is refused, however often it comes.
    const { allowed, retryAfterSeconds } = reason === NO_KEY ? NOT_LIMITED : this.failures.take(address, performance.now());
    if (allowed) return new AppError('UNAUTHENTICATED', 'send a valid API key as Authorization: Bearer <key>');
    return new AppError('RATE_LIMITED', 'too many wrong keys came from this address', { retryAfterSeconds });
  }
}

function guest(session: PortalSession, origin: Origin): Principal {
  const { id, accountId, scopes, expiresAt } = session;
  return { accountId, actor: id, keyId: id, scopes: new Set(scopes), expiresAt, origin };
}

function decoded(account: string): string | undefined {
  try {
    return decodeURIComponent(account);
  } catch {
    return undefined;
  }
}
