import type { Principal } from '../auth/index.js';

/** Who did something, and from where. */
export interface AuditSource {
  readonly actor: string;
  readonly remoteAddress: string | null;
  readonly requestId: string | null;
}

/** One thing that was done, as it is written. */
export interface AuditEntry extends AuditSource {
  /** The account that it was done to; null: to none. */
  readonly accountId: string | null;
  /** What was done, `<thing>.<past verb>`, such as `api-key.revoked`. */
  readonly action: string;
  /** The id of the thing. */
  readonly subject: string | null;
  /** As it was; null: it was not there. */
  readonly before: object | null;
  readonly after: object | null;
}

/** As it is read. */
export interface StoredAuditEntry extends AuditEntry {
  readonly id: string;
  /** RFC 3339. */
  readonly occurredAt: string;
}

export function auditedBy({ actor, origin }: Principal): AuditSource {
  return { actor, remoteAddress: origin?.remoteAddress ?? null, requestId: origin?.requestId ?? null };
}
