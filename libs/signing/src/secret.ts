import { randomBytes } from 'node:crypto';

export const WHSEC_PREFIX = 'whsec_';

// Contract §4: a user's own secret has 16 to 128 characters.
const MIN_CHARACTERS = 16;
const MAX_CHARACTERS = 128;
// A key below 128 bits can be searched; `whsec_` and 10 characters of base64 would be 56.
const MIN_WHSEC_BYTES = 16;

/** Which rule a secret breaks; the message never holds the secret. */
export interface SecretFault {
  readonly rule: 'secret.length' | 'secret.characters' | 'secret.whsec';
  readonly message: string;
}

/** A new secret: 64 lower-case hexadecimal characters, 256 random bits. */
export function generateSecret(): string {
  return randomBytes(32).toString('hex');
}

/** What is wrong with a secret that a user chose, or undefined when it can be used. */
export function secretFault(secret: string): SecretFault | undefined {
  const characters = [...secret.slice(0, 2 * MAX_CHARACTERS + 1)].length;
  if (characters < MIN_CHARACTERS || characters > MAX_CHARACTERS) {
    return { rule: 'secret.length', message: `a secret has ${MIN_CHARACTERS} to ${MAX_CHARACTERS} characters` };
  }
  // Pasted line ends and outer blanks are invisible where the secret is shown, and then no signature ever matches.
  if (/\p{Cc}|\p{Cs}/u.test(secret) || secret.trim() !== secret) {
    return { rule: 'secret.characters', message: 'a secret has no control characters and neither begins nor ends with white space' };
  }
  if (!secret.startsWith(WHSEC_PREFIX)) return undefined;
  const base64 = secret.slice(WHSEC_PREFIX.length);
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64 || bytes.length < MIN_WHSEC_BYTES) {
    return {
      rule: 'secret.whsec',
      message: `after whsec_ a secret is standard base64 with padding, of at least ${MIN_WHSEC_BYTES} bytes`,
    };
  }
  return undefined;
}

/** The same HMAC key in the form that Standard Webhooks libraries take. A secret that has the prefix is in that form already. */
export function whsecForm(secret: string): string {
  return secret.startsWith(WHSEC_PREFIX) ? secret : WHSEC_PREFIX + Buffer.from(secret, 'utf8').toString('base64');
}
