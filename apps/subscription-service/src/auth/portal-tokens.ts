import { createHmac, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { isId, Secret } from '#libs/kernel';
import type { MasterKeys } from '#libs/secrets';
import { type Scope, SCOPES } from './scopes.js';

/** What a portal token says: it is not stored anywhere else. */
export interface PortalSession {
  /** `pts_…`. */
  readonly id: string;
  readonly accountId: string;
  readonly scopes: readonly Scope[];
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

interface Claims {
  readonly id: string;
  readonly account: string;
  readonly scopes: readonly string[];
  readonly exp: number;
}

const PREFIX = 'hsp_';
const FORM = /^hsp_([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{1,3000})\.([A-Za-z0-9_-]{43})$/;
const PURPOSE = 'hookstream portal token v1';
const KEY_BYTES = 32;

/** Scopes that a portal token may have: whoever holds one is a guest of the console and manages neither accounts nor keys. */
export const PORTAL_SCOPES = SCOPES.filter((scope): scope is Exclude<Scope, 'admin'> => scope !== 'admin');

/** Whether a text is meant to be a portal token, right or wrong. */
export function looksLikePortalToken(text: string): boolean {
  return text.startsWith(PREFIX);
}

/**
 * Portal tokens, `hsp_<master key id>.<claims>.<HMAC-SHA256>`: signed, not stored, so that every instance opens them and they
 * end by expiry only, or with their account. The first master key signs, all verify: a key that is rotated goes on opening
 * tokens for as long as it stays in the list. Each HMAC key is derived from its master key, which seals secrets besides.
 */
export class PortalTokens {
  private readonly macKeys: ReadonlyMap<string, Buffer>;

  constructor(private readonly keys: MasterKeys) {
    this.macKeys = new Map([...keys.byId].map(([id, key]) => [id, macKey(key)]));
  }

  issue({ id, accountId, scopes, expiresAt }: PortalSession): Secret {
    const claims: Claims = { id, account: accountId, scopes, exp: expiresAt };
    const signed = `${PREFIX}${this.keys.currentId}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    return new Secret(`${signed}.${mac(this.macKeys.get(this.keys.currentId)!, signed)}`);
  }

  /** What a token says, or why it does not open: for the audit log, not for the caller. @param now milliseconds since the epoch */
  open(text: string, now: number): PortalSession | string {
    const [, keyId = '', payload = '', given = ''] = FORM.exec(text) ?? [];
    const key = this.macKeys.get(keyId);
    if (!key) return 'unknown-portal-token';
    const expected = mac(key, `${PREFIX}${keyId}.${payload}`);
    // Compared as text: a second spelling of the same bytes does not open.
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given))) return 'wrong-portal-token';
    const session = sessionOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims);
    if (!session) return 'wrong-portal-token';
    return now >= session.expiresAt ? 'expired-portal-token' : session;
  }
}

/** Whatever was signed, no more than what a portal token may say. */
function sessionOf({ id, account, scopes, exp }: Claims): PortalSession | undefined {
  if (!isId('pts', id)) return undefined;
  return { id, accountId: account, scopes: PORTAL_SCOPES.filter((scope) => scopes.includes(scope)), expiresAt: exp };
}

function macKey(master: KeyObject): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), PURPOSE, KEY_BYTES));
}

function mac(key: Buffer, signed: string): string {
  return createHmac('sha256', key).update(signed).digest('base64url');
}
