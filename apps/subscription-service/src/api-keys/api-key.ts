import type { Secret } from '#libs/kernel';
import { keyPrefix, type Scope } from '../auth/index.js';

/** A key of an account, without what opens: of that, only hashes are stored. */
export interface ApiKey {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The last characters of the key's text. */
  readonly last4: string;
  /** RFC 3339 or null: it does not expire. */
  readonly expiresAt: string | null;
  /** RFC 3339, to the minute; null: never used. */
  readonly lastUsedAt: string | null;
  /** RFC 3339: until when the text from before the last rotation opens too. */
  readonly previousValidUntil: string | null;
  /** Counts the changes, from 1; use is none. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What is stored of the texts that open. */
export interface KeyHashes {
  readonly hash: Buffer;
  readonly previousHash: Buffer | null;
}

/** What may be changed of a key. */
export type ApiKeySettings = Pick<ApiKey, 'name' | 'scopes' | 'expiresAt'>;

/** A key as callers see it; `text` adds the key itself to the one answer that tells it. */
export function apiKeyView({ last4, ...key }: ApiKey, text?: Secret) {
  return { ...key, prefix: keyPrefix(key.id), last4, ...(text === undefined ? {} : { key: text.reveal() }) };
}

/** What the audit log tells of a key. */
export function auditedKey({ name, scopes, expiresAt, previousValidUntil }: ApiKey): object {
  return { name, scopes, expiresAt, previousValidUntil };
}
