import type { Scope } from './scopes.js';

/** What the guard needs to know of a stored key. */
export interface KnownKey {
  readonly id: string;
  readonly accountId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** SHA-256 of each text that opens: the current one, and the one before while a rotation overlaps. */
  readonly hashes: readonly {
    readonly hash: Buffer;
    /** Milliseconds since the epoch; null: without end. */ readonly until: number | null;
  }[];
  /** Milliseconds since the epoch; null: never. */
  readonly expiresAt: number | null;
}

/** Where keys are looked up. May answer from memory, up to five seconds late; on the instance that revoked a key, never late. */
export abstract class KeyDirectory {
  /** Undefined for an unknown or revoked key. */
  abstract find(keyId: string): Promise<KnownKey | undefined>;

  /** Notes that a key was used. Costs the caller nothing. */
  abstract used(keyId: string): void;
}

/** What the guard needs to know of an account. */
export interface KnownAccount {
  readonly id: string;
  readonly roles: readonly string[];
  /** `null`: the role that the deployment requires. */
  readonly requiredRole: string | null;
}

/** Where accounts are looked up, as fresh as keys are. */
export abstract class AccountDirectory {
  /** Undefined for an account that is unknown or being deleted. */
  abstract find(accountId: string): Promise<KnownAccount | undefined>;
}

/** Where failed authentications are noted for the audit log. Costs the caller nothing. */
export abstract class FailedAuthentications {
  abstract note(remoteAddress: string, reason: string): void;
}
