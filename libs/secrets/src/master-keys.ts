import { createSecretKey, type KeyObject } from 'node:crypto';
import { AppError } from '#libs/kernel';
import './secrets.errors.js';

/** Master keys by id, in the order given. The values are opaque key objects: printing them shows no bytes. */
export interface MasterKeys {
  /** The id of the key that encrypts: the first of the list. */
  readonly currentId: string;
  readonly byId: ReadonlyMap<string, KeyObject>;
}

const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/**
 * Reads `keyId:base64(32 bytes)` entries separated by commas. The first encrypts, all decrypt. White space around entries is ignored.
 * @throws AppError `MASTER_KEYS_INVALID`, naming the position of the entry and the rule, never the value
 */
export function parseMasterKeys(text: string): MasterKeys {
  const byId = new Map<string, KeyObject>();
  text.split(',').forEach((entry, index) => {
    const { id, key } = parseEntry(entry.trim(), index + 1);
    if (byId.has(id)) throw invalid(index + 1, 'each key id may appear once');
    byId.set(id, key);
  });
  const [currentId] = byId.keys();
  return { currentId: currentId!, byId };
}

function parseEntry(entry: string, position: number): { id: string; key: KeyObject } {
  const colon = entry.indexOf(':');
  if (colon < 0) throw invalid(position, 'must be keyId:base64(32 bytes)');
  const id = entry.slice(0, colon);
  if (!KEY_ID.test(id)) throw invalid(position, 'the key id must be 1 to 32 characters of A-Z a-z 0-9 _ -');
  const base64 = entry.slice(colon + 1);
  const bytes = Buffer.from(base64, 'base64');
  // Buffer.from skips what is not base64; only the round trip shows that nothing was skipped.
  if (bytes.toString('base64') !== base64) throw invalid(position, 'the key must be standard base64 with padding');
  if (bytes.length !== KEY_BYTES) throw invalid(position, `the key must be ${KEY_BYTES} bytes`);
  return { id, key: createSecretKey(bytes) };
}

function invalid(position: number, rule: string): AppError {
  return new AppError('MASTER_KEYS_INVALID', `master key ${position}: ${rule}`);
}
