import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { isId, Secret } from '#libs/kernel';

const PREFIX = 'hsk_';
const SECRET_BYTES = 32;
const FORM = /^hsk_([0-9a-z]{26})_([0-9a-f]{64})([0-9a-f]{8})$/;

/**
 * The text of a new key, `hsk_<26 characters of the key's id>_<256 random bits as hex><CRC-32 of all before it as hex>`.
 * The checksum lets a scanner of leaked secrets, and this service before it asks the database, tell a key from other text.
 * @param keyId `key_…`
 */
export function newKeyText(keyId: string): Secret {
  const start = `${keyPrefix(keyId)}_${randomBytes(SECRET_BYTES).toString('hex')}`;
  return new Secret(start + checksum(start));
}

/** The id in the text of a key; undefined for a text that cannot be one. */
export function keyIdOf(text: string): string | undefined {
  const [, id, secret, sum] = FORM.exec(text) ?? [];
  if (id === undefined || !isId('key', `key_${id}`) || checksum(`${PREFIX}${id}_${secret!}`) !== sum) return undefined;
  return `key_${id}`;
}

/** The part of a key's text that may be shown. */
export function keyPrefix(keyId: string): string {
  return PREFIX + keyId.slice('key_'.length);
}

/** What is stored of a key: no slow hash, since nobody guesses 256 random bits. */
export function keyHash(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
