import type { AuthCredentials } from '#libs/contracts';
import { assertNever } from '#libs/kernel';

/** What stands in an attempt record where a credential was sent. */
export const MASK = '***';

export interface WebhookHeaders {
  /** Names and values, alternating: those of the auth, then the webhook's own. */
  readonly sent: readonly string[];
  /** The same headers as they may be shown. */
  readonly shown: Readonly<Record<string, string>>;
  /** The credentials themselves, so that a receiver's echo of them can be masked. */
  readonly credentials: readonly string[];
}

// Custom headers are settings that their owner reads back, but people put keys there too.
const SENSITIVE_NAME = /authorization|cookie|token|secret|password|signature|api-?key/i;
/** Shorter values would mask harmless text. */
const MIN_CREDENTIAL_LENGTH = 6;

/** Where both name a header, the one of the auth is sent. */
export function webhookHeaders(custom: Readonly<Record<string, string>>, credentials: AuthCredentials): WebhookHeaders {
  const auth = authHeaders(credentials);
  const taken = new Set(auth.map(([name]) => name.toLowerCase()));
  const own = Object.entries(custom).filter(([name]) => !taken.has(name.toLowerCase()));
  const secret = [...auth, ...own.filter(([name]) => SENSITIVE_NAME.test(name))];
  const plain = own.filter(([name]) => !SENSITIVE_NAME.test(name));
  return {
    sent: [...auth, ...own].flat(),
    shown: Object.fromEntries([...secret.map(([name]) => [name, MASK] as const), ...plain]),
    credentials: [...secret.map(([, value]) => value.replace(/^(?:Bearer|Basic) /, '')), ...password(credentials)].filter(
      (value) => value.length >= MIN_CREDENTIAL_LENGTH,
    ),
  };
}

/** The one credential that no header holds as it is. */
function password(credentials: AuthCredentials): string[] {
  return credentials.type === 'BASIC' ? [credentials.password] : [];
}

function authHeaders(credentials: AuthCredentials): readonly (readonly [name: string, value: string])[] {
  switch (credentials.type) {
    case 'NONE':
      return [];
    case 'BEARER':
      return [['authorization', `Bearer ${credentials.token}`]];
    case 'API_KEY':
      return [[credentials.headerName, credentials.key]];
    case 'BASIC':
      return [['authorization', `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8').toString('base64')}`]];
    case 'CUSTOM_HEADERS':
      return Object.entries(credentials.headers);
    default:
      return assertNever(credentials);
  }
}
