import type { ErrorRow } from '#libs/kernel';
import { HTTP_STATUS } from '#libs/runtime';

/** Where somebody outside of a service meets a code. */
export type Door = 'api' | 'deadLetter';

export interface ErrorEntry {
  readonly code: string;
  readonly row: ErrorRow;
  /** None: it stays inside. */
  readonly doors: readonly Door[];
}

/** The page that lists every code of the error table, as Markdown. */
export function errorsPage(entries: readonly ErrorEntry[]): string {
  const at = (door: Door): ErrorEntry[] => entries.filter(({ doors }) => doors.includes(door));
  const inside = entries.filter(({ doors }) => doors.length === 0);
  return [
    '<!-- Generated from all *.errors.ts by tools/gen-errors-page; `npm run gen` writes it again. -->',
    '# Errors',
    'A code means one thing in the whole system, for ever: decide by the code, not by the words beside it. Where the last column says *yes*, ' +
      'the same input may succeed later; anything else has to be changed first.',
    '## Answers of the API',
    'The body is `application/problem+json` (RFC 9457) with `code`, `title`, `status`, `detail` and a `traceId` to quote when you ask for help; `errors[]` names each wrong field. ' +
      'Wait as long as `Retry-After` says, where it is there.',
    table(at('api'), (row) => String(HTTP_STATUS[row.kind])),
    '## Reasons of dead letters',
    'What cannot be read goes to `hookstream.dead-letters` as it came, with its code in the header `ce_reason`; the records behind it are handled as usual.',
    table(at('deadLetter'), () => 'dead letter'),
    '## Inside the services',
    'These are in the logs, stop a service at its start, or stand in words in the `error` of an attempt. Should one reach the API all the same, it answers with the status in brackets.',
    table(inside, (row) => `internal (${HTTP_STATUS[row.kind]})`),
    '',
  ].join('\n\n');
}

function table(entries: readonly ErrorEntry[], seenAs: (row: ErrorRow) => string): string {
  const rows = entries
    .map(({ code, row }) => ({ code, seen: seenAs(row), title: row.title, retry: row.retryable ? 'yes' : 'no' }))
    .sort((a, b) => compare(a.seen, b.seen) || compare(a.code, b.code));
  return [
    '| status | code | means | retry |',
    '|---|---|---|---|',
    ...rows.map(({ code, seen, title, retry }) => `| ${seen} | \`${code}\` | ${title.replaceAll('|', '\\|')} | ${retry} |`),
  ].join('\n');
}

// Not by locale: the page has to be the same on every machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
