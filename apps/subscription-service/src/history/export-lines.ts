import type { AttemptView } from './attempt.view.js';

const COLUMNS = [
  'id',
  'deliveryId',
  'webhookId',
  'eventId',
  'eventType',
  'channelId',
  'attempt',
  'trigger',
  'attemptedAt',
  'durationMs',
  'statusCode',
  'status',
  'errorClass',
  'nextAttemptAt',
] as const satisfies readonly (keyof AttemptView)[];

/** One JSON object on a line for each attempt. */
export async function* ndjsonLines(portions: AsyncIterable<readonly AttemptView[]>): AsyncGenerator<string> {
  for await (const attempts of portions) yield attempts.map((attempt) => `${JSON.stringify(attempt)}\n`).join('');
}

/** A line of names, then one for each attempt (RFC 4180). */
export async function* csvLines(portions: AsyncIterable<readonly AttemptView[]>): AsyncGenerator<string> {
  yield `${COLUMNS.join()}\r\n`;
  for await (const attempts of portions)
    yield attempts.map((attempt) => `${COLUMNS.map((name) => field(attempt[name])).join()}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front: ids and types come from publishers. */
function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
