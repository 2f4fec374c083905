import type { RequestPreview } from './request-preview';

/** The request as a command for a shell. */
export function asCurl({ method, url, headers, body }: RequestPreview): string {
  const lines = [`curl -X ${method} ${quoted(url)}`, ...headers.map(({ name, value }) => `  -H ${quoted(`${name}: ${value}`)}`)];
  if (body !== null) lines.push(`  --data-raw ${quoted(body)}`);
  return lines.join(' \\\n');
}

/** In single quotes, where a POSIX shell reads every character as itself but the quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
