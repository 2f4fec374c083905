/** A mail taken apart: what a reader sees of it. Everything in it is untrusted. */
export interface MailMessage {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  /** By lower-case name, unfolded and decoded; of repeated ones the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string | null;
  readonly html: string | null;
}

interface Entity {
  readonly headers: Map<string, string>;
  readonly body: Buffer;
}

/** Parts within parts, and headers, are looked at up to here. */
const DEEPEST = 5;
const MOST_HEADERS = 200;
const ENCODED_WORD = /=\?([A-Za-z0-9_-]+)(?:\*[^?]*)?\?([BbQq])\?([^?]*)\?=/g;

/** Reads a mail as it came over SMTP; what is malformed is read as far as it goes, and never throws. */
export function readMailMessage(raw: Buffer): MailMessage {
  const entity = entityOf(raw);
  const header = (name: string): string => entity.headers.get(name) ?? '';
  const parts: Record<'text' | 'html', string | null> = { text: null, html: null };
  collect(entity, parts, 0);
  const headers = Object.fromEntries(entity.headers);
  return { subject: header('subject'), from: header('from'), to: header('to'), headers, ...parts };
}

function collect({ headers, body }: Entity, parts: Record<'text' | 'html', string | null>, depth: number): void {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /^multipart\//i.test(type) ? parameter(type, 'boundary') : undefined;
  if (boundary && depth < DEEPEST) {
    for (const part of partsOf(body, boundary)) collect(entityOf(part), parts, depth + 1);
    return;
  }
  const kind = /^text\/html\b/i.test(type) ? 'html' : /^text\/plain\b/i.test(type) ? 'text' : undefined;
  if (kind) parts[kind] ??= textOf(decoded(body, headers.get('content-transfer-encoding') ?? ''), parameter(type, 'charset'));
}

function entityOf(raw: Buffer): Entity {
  const text = raw.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  const head = text.slice(0, end ? end.index : text.length);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/, MOST_HEADERS)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const value = Buffer.from(line.slice(colon + 1).trim(), 'latin1').toString('utf8');
    headers.set(line.slice(0, colon).trim().toLowerCase(), decodedWords(value));
  }
  return { headers, body: end ? raw.subarray(end.index + end[0].length) : Buffer.alloc(0) };
}

function partsOf(body: Buffer, boundary: string): Buffer[] {
  const pieces = body.toString('latin1').split(`--${boundary}`).slice(1);
  return pieces.filter((piece) => !piece.startsWith('--')).map((piece) => Buffer.from(piece.replace(/^\r?\n|\r?\n$/g, ''), 'latin1'));
}

function decoded(body: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return quotedPrintable(body.toString('latin1').replace(/=[ \t]*\r?\n/g, ''));
    default:
      return body;
  }
}

function quotedPrintable(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** RFC 2047; blanks between two encoded words are no part of the text. */
function decodedWords(value: string): string {
  return value.replace(/\?=\s+=\?/g, '?==?').replace(ENCODED_WORD, (_, charset: string, form: string, content: string) => {
    const bytes = form.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quotedPrintable(content.replaceAll('_', ' '));
    return textOf(bytes, charset);
  });
}

function textOf(bytes: Buffer, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

function parameter(value: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(value);
  return match?.[1] ?? match?.[2];
}
