import type { AttemptDetail } from '../api';

type SentRequest = Pick<AttemptDetail['request'], 'method' | 'url' | 'headers' | 'body'>;

// What curl makes itself, from the address and the body; told twice it would be sent twice or wrong.
const MADE_BY_CURL = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding']);

/** The request of an attempt as a command for a POSIX shell. Credentials stay masked: the server does not tell them. */
export function curlCommand({ method, url, headers, body }: SentRequest): string {
  const sent = Object.entries(headers).filter(([name]) => !MADE_BY_CURL.has(name.toLowerCase()));
  return [
    `curl -X ${method} ${quoted(url)}`,
    ...sent.map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // Not --data-binary, which would read a file for a body that begins with @.
    ...(body === null ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(' \\\n  ');
}

/**
 * One word of a shell. In single quotes every character means itself, the quote alone does not; control characters, which a
 * terminal may act on when the command is pasted, are written as escapes in `$'…'`.
 */
export function quoted(text: string): string {
  if (!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;

  const escaped = text.replace(/[\\'\u0000-\u001f\u007f-\u009f]/g, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    if (character === '\n') return '\\n';
    return [...new TextEncoder().encode(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  });
  return `$'${escaped}'`;
}
