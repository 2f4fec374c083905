import type { Scope } from './scopes.js';

/** Where a call came from, for the audit log. */
export interface Origin {
  readonly remoteAddress: string | null;
  readonly requestId: string | null;
}

/** Who calls, as every feature sees it. The account comes from the key, never from a request body. */
export interface Principal {
  readonly accountId: string;
  /** As recorded with what the caller changes: `admin` for the bootstrap key, else the id of the key or of the portal session. */
  readonly actor: string;
  /** `null`: the bootstrap key. */
  readonly keyId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  /** Of a portal session: when it ends, milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
  readonly origin?: Origin | undefined;
}
