/** What someone pastes from a request they received. */
export interface PastedRequest {
  readonly secret: string;
  /** `webhook-id` */
  readonly id: string;
  /** `webhook-timestamp` */
  readonly timestamp: string;
  /** `webhook-signature` or `x-hookstream-signature`, with or without its prefix. */
  readonly signature: string;
  readonly body: string;
}

export type Scheme = 'standard' | 'plain';

/** Why a signature does not match, as far as trying it out can tell. */
export type Diagnosis =
  | 'body-reformatted'
  | 'body-line-end'
  | 'body-trimmed'
  | 'secret-trimmed'
  | 'secret-decoded'
  | 'secret-prefix'
  | 'timestamp-milliseconds'
  | 'unknown';

export interface SignatureCheck {
  readonly scheme: Scheme;
  readonly verified: boolean;
  /** What the header should be for what was pasted. */
  readonly expected: string;
  /** Set when it is not verified. */
  readonly diagnosis?: Diagnosis;
  /** Of the standard scheme: seconds between the timestamp and now, positive when it lies in the past. */
  readonly age?: number;
}

/** Verifying libraries refuse what is older or newer than that. */
export const TOLERANCE_SECONDS = 300;
const WHSEC = 'whsec_';

/** Compares the pasted signature with the right one and, when they differ, tries the usual mistakes. Nothing leaves the browser. */
export async function checkSignature(pasted: PastedRequest, nowMs: number): Promise<SignatureCheck> {
  const scheme: Scheme = /^(sha256=)?[0-9a-f]{64}$/i.test(pasted.signature.trim()) ? 'plain' : 'standard';
  const key = keyBytes(pasted.secret);
  const expected = await sign(scheme, key, pasted);
  const verified = matches(scheme, pasted.signature, expected);
  const seconds = Number(pasted.timestamp);
  const age = scheme === 'standard' && pasted.timestamp !== '' ? Math.round(nowMs / 1000 - seconds) : undefined;
  const known = { scheme, verified, expected, ...(age === undefined || Number.isNaN(age) ? {} : { age }) };
  return verified ? known : { ...known, diagnosis: await diagnose(scheme, key, pasted) };
}

async function diagnose(scheme: Scheme, key: Bytes, pasted: PastedRequest): Promise<Diagnosis> {
  const { body, secret, timestamp } = pasted;
  const tries: [Diagnosis, Bytes | undefined, Partial<PastedRequest>][] = [
    ['body-line-end', key, { body: body.replace(/\r?\n$/, '') }],
    ['body-line-end', key, { body: body.replaceAll('\r\n', '\n') }],
    ['body-line-end', key, { body: `${body}\n` }],
    ['body-trimmed', key, { body: body.trim() }],
    ['body-reformatted', key, { body: reformatted(body) ?? body }],
    ['secret-trimmed', keyBytes(secret.trim()), {}],
    ['secret-decoded', fromHex(secret), {}],
    ['secret-decoded', fromBase64(secret), {}],
    ['secret-prefix', bytesOf(secret), {}],
    ['secret-prefix', fromBase64(secret.replace(WHSEC, '')), {}],
    ['timestamp-milliseconds', key, { timestamp: String(Math.floor(Number(timestamp) / 1000)) }],
    ['timestamp-milliseconds', key, { timestamp: String(Number(timestamp) * 1000) }],
  ];
  for (const [diagnosis, tried, change] of tries) {
    if (tried && tried.length > 0 && matches(scheme, pasted.signature, await sign(scheme, tried, { ...pasted, ...change })))
      return diagnosis;
  }
  return 'unknown';
}

/** As the sender does it: `v1,<base64>` over id, timestamp and body, or `sha256=<hex>` over the body alone. */
async function sign(scheme: Scheme, key: Bytes, { id, timestamp, body }: PastedRequest): Promise<string> {
  if (scheme === 'plain') return `sha256=${hex(await hmac(key, body))}`;
  return `v1,${btoa(String.fromCharCode(...(await hmac(key, `${id.trim()}.${timestamp.trim()}.${body}`))))}`;
}

/** Two entries stand in the standard header while a rotation overlaps. */
function matches(scheme: Scheme, offered: string, expected: string): boolean {
  const entries = offered.trim().split(/\s+/);
  if (scheme === 'plain') return entries.some((entry) => entry.toLowerCase().replace('sha256=', '') === expected.slice('sha256='.length));
  return entries.some((entry) => entry.replace(/^v1,/, '') === expected.slice('v1,'.length));
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The key of a secret as shown: its UTF-8 bytes; after `whsec_` the base64 is decoded. */
function keyBytes(secret: string): Bytes {
  return (secret.startsWith(WHSEC) && fromBase64(secret.slice(WHSEC.length))) || bytesOf(secret);
}

async function hmac(key: Bytes, text: string): Promise<Uint8Array> {
  // WebCrypto refuses an empty key, which HMAC treats as zeros.
  const raw = key.length > 0 ? key : new Uint8Array(1);
  const imported = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytesOf(text)));
}

function bytesOf(text: string): Bytes {
  return new TextEncoder().encode(text);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text: string): Bytes | undefined {
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? Uint8Array.from(text.match(/../g)!, (pair) => parseInt(pair, 16)) : undefined;
}

function fromBase64(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

/** The other way to write the same JSON: compact when it is indented, indented when it is compact. */
function reformatted(body: string): string | undefined {
  try {
    const compact = JSON.stringify(JSON.parse(body));
    return compact === body ? JSON.stringify(JSON.parse(body), null, 2) : compact;
  } catch {
    return undefined;
  }
}
