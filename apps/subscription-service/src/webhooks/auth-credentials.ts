import type { AuthCredentials, AuthType } from '#libs/contracts';
import { checkHeader, MAX_CUSTOM_HEADERS } from '#libs/egress';
import type { FieldError } from '#libs/kernel';
import { DEFAULT_API_KEY_HEADER, type WebhookAuth } from './webhook.js';

/** `auth` as a caller wrote it: each member a text or text map, which of them belong together not yet checked. */
export interface AuthInput {
  readonly type: AuthType;
  readonly token?: string | undefined;
  readonly headerName?: string | undefined;
  readonly key?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

type Member = Exclude<keyof AuthInput, 'type'>;

const MEMBERS: Readonly<Record<AuthType, { readonly required: readonly Member[]; readonly optional: readonly Member[] }>> = {
  NONE: { required: [], optional: [] },
  BEARER: { required: ['token'], optional: [] },
  API_KEY: { required: ['key'], optional: ['headerName'] },
  BASIC: { required: ['username', 'password'], optional: [] },
  CUSTOM_HEADERS: { required: ['headers'], optional: [] },
};

/** What is wrong with `auth`; no message repeats a credential. */
export function authFaults(auth: AuthInput): FieldError[] {
  const { required, optional } = MEMBERS[auth.type];
  const faults: FieldError[] = [];
  const fault = (field: string, rule: string, message: string): void => void faults.push({ field: `auth.${field}`, rule, message });
  for (const member of required) if (auth[member] === undefined) fault(member, 'required', `${auth.type} needs auth.${member}`);
  for (const member of ['token', 'headerName', 'key', 'username', 'password', 'headers'] as const) {
    if (auth[member] !== undefined && ![...required, ...optional].includes(member)) {
      fault(member, 'unknown-field', `auth.${member} does not belong to ${auth.type}`);
    }
  }
  if (faults.length > 0) return faults;
  for (const [member, rule, message] of contentFaults(auth)) fault(member, rule, message);
  return faults;
}

/** Only for an `auth` without faults. */
export function credentialsOf(auth: AuthInput): AuthCredentials {
  switch (auth.type) {
    case 'NONE':
      return { type: auth.type };
    case 'BEARER':
      return { type: auth.type, token: auth.token! };
    case 'API_KEY':
      return { type: auth.type, headerName: auth.headerName ?? DEFAULT_API_KEY_HEADER, key: auth.key! };
    case 'BASIC':
      return { type: auth.type, username: auth.username!, password: auth.password! };
    case 'CUSTOM_HEADERS':
      return { type: auth.type, headers: auth.headers! };
  }
}

/** What may be shown of credentials. */
export function describeCredentials(credentials: AuthCredentials, credentialsId: string | null): WebhookAuth {
  switch (credentials.type) {
    case 'API_KEY':
      return { type: credentials.type, credentialsId, headerName: credentials.headerName };
    case 'CUSTOM_HEADERS':
      return { type: credentials.type, credentialsId, headerNames: Object.keys(credentials.headers) };
    default:
      return { type: credentials.type, credentialsId };
  }
}

/** Faults of a set of headers, each named `<path>.<header>`. */
export function headerFaults(path: string, headers: Readonly<Record<string, string>>): FieldError[] {
  const names = Object.keys(headers);
  const faults: FieldError[] = [];
  if (names.length > MAX_CUSTOM_HEADERS) {
    faults.push({ field: path, rule: 'egress.header-count', message: `${path} may hold ${MAX_CUSTOM_HEADERS} headers` });
  }
  const seen = new Set<string>();
  for (const name of names.slice(0, MAX_CUSTOM_HEADERS)) {
    const verdict = checkHeader(name, headers[name]!);
    if (!verdict.ok) faults.push({ field: `${path}.${name}`, rule: verdict.rule, message: verdict.message });
    if (seen.has(name.toLowerCase())) faults.push({ field: `${path}.${name}`, rule: 'duplicate', message: `${name} is there twice` });
    seen.add(name.toLowerCase());
  }
  return faults;
}

function contentFaults(auth: AuthInput): [member: string, rule: string, message: string][] {
  switch (auth.type) {
    case 'NONE':
      return [];
    case 'BEARER':
      return refused('token', 'authorization', `Bearer ${auth.token!}`);
    case 'API_KEY': {
      const name = auth.headerName ?? DEFAULT_API_KEY_HEADER;
      const nameFaults = refused('headerName', name, 'x');
      return nameFaults.length > 0 ? nameFaults : refused('key', name, auth.key!);
    }
    case 'BASIC': {
      // RFC 7617, §2: the first colon ends the user name, and control characters have no place in either.
      const faults: [string, string, string][] = [];
      if (/[:\p{Cc}]/u.test(auth.username!))
        faults.push(['username', 'basic-username', 'a user name has no colon and no control characters']);
      if (/\p{Cc}/u.test(auth.password!)) faults.push(['password', 'basic-password', 'a password has no control characters']);
      return faults;
    }
    case 'CUSTOM_HEADERS':
      if (Object.keys(auth.headers!).length === 0) return [['headers', 'required', 'CUSTOM_HEADERS needs at least one header']];
      return headerFaults('headers', auth.headers!).map(({ field, rule, message }) => [field, rule, message]);
  }
}

function refused(member: string, name: string, value: string): [member: string, rule: string, message: string][] {
  const verdict = checkHeader(name, value);
  return verdict.ok ? [] : [[member, verdict.rule, verdict.message]];
}
