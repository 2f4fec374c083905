import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '#libs/kernel';
import type { MasterKeys } from './master-keys.js';
import './secrets.errors.js';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface SealedParts {
  readonly keyId: string;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

/**
 * Encrypts secrets for rest and travel: AES-256-GCM, text form `v1.<keyId>.<iv>.<ciphertext + tag>` (base64url).
 * The additional data (`aad`) says what the secret belongs to, so that a ciphertext copied to another row does not open.
 */
export class Sealer {
  constructor(private readonly keys: MasterKeys) {}

  /** The id of the key that `seal` uses. A sealed text with another id is due for sealing again. */
  get currentKeyId(): string {
    return this.keys.currentId;
  }

  /** @param aad what the secret belongs to, such as `['signing', accountId, webhookId, secretId]`; `open` needs the same list */
  seal(plaintext: string | Buffer, aad: readonly string[]): string {
    const keyId = this.keys.currentId;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.keys.byId.get(keyId)!, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(encodeAad(keyId, aad));
    const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, keyId, iv.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /**
   * @throws AppError `SECRET_UNREADABLE` when the text was changed, belongs to another `aad` or is no sealed text;
   *   `SECRET_KEY_UNKNOWN` when its master key is not configured
   */
  open(sealed: string, aad: readonly string[]): Buffer {
    const { keyId, iv, ciphertext, tag } = parse(sealed);
    const key = this.keys.byId.get(keyId);
    if (!key) throw new AppError('SECRET_KEY_UNKNOWN', `master key ${keyId} is not configured`);
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(encodeAad(keyId, aad));
    decipher.setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    } catch (cause) {
      throw new AppError('SECRET_UNREADABLE', 'the sealed text does not belong here or was changed', { cause });
    }
  }

  /** The id of the master key that a sealed text needs. @throws AppError `SECRET_UNREADABLE` */
  keyIdOf(sealed: string): string {
    return parse(sealed).keyId;
  }
}

function parse(sealed: string): SealedParts {
  const [version, keyId, ivText, bodyText, ...rest] = sealed.split('.');
  const iv = decodeBase64url(ivText);
  const body = decodeBase64url(bodyText);
  if (
    version !== VERSION ||
    !keyId ||
    !/^[A-Za-z0-9_-]{1,32}$/.test(keyId) ||
    iv?.length !== IV_BYTES ||
    !body ||
    body.length < TAG_BYTES ||
    rest.length > 0
  ) {
    throw new AppError('SECRET_UNREADABLE', 'not a sealed text of a known version');
  }
  return { keyId, iv, ciphertext: body.subarray(0, -TAG_BYTES), tag: body.subarray(-TAG_BYTES) };
}

function decodeBase64url(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // One secret has one text: spellings that decode to the same bytes would pass the tag.
  return bytes.toString('base64url') === text ? bytes : undefined;
}

// Each part is preceded by its length, so ['ab', 'c'] and ['a', 'bc'] differ; UTF-16 because UTF-8 maps all lone surrogates to one character.
function encodeAad(keyId: string, aad: readonly string[]): Buffer {
  return Buffer.concat(
    [VERSION, keyId, ...aad].flatMap((part) => {
      const bytes = Buffer.from(part, 'utf16le');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
