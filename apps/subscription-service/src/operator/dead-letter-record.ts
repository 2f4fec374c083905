import { createHash } from 'node:crypto';
import { headerText, type ReceivedRecord, type RecordHeaders, type WireRecord } from '#libs/contracts';
import { composeId } from '#libs/kernel';
import type { DeadLetter, LetterHeader } from './dead-letter.js';

/** What the writer of dead letters adds. */
const ADDED = new Set(['ce_reason', 'ce_topic', 'ce_partition', 'ce_offset', 'ce_valueomitted']);
const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;
const REASON = /^[A-Z][A-Z0-9_]{0,99}$/;
const OFFSET = /^\d{1,19}$/;
const PARTITION = /^\d{1,9}$/;
const UNKNOWN = 'UNKNOWN';
/** The last millisecond that the database's times and RFC 3339 both can name. */
const LAST_MS = 253_402_300_799_999;

/** A record of `hookstream.dead-letters`. Total: what is odd about one is no reason not to show it. */
export function deadLetterOf(record: ReceivedRecord): DeadLetter {
  const { topic, partition, offset, headers } = record;
  const receivedAt = Math.min(Math.max(0, record.timestamp), LAST_MS);
  const place = createHash('sha256').update(`${topic}\0${partition}\0${offset}\0${record.timestamp}`).digest();
  const from = headerText(headers, 'ce_partition');
  return {
    id: composeId('dl', receivedAt, place),
    receivedAt,
    topic: matching(TOPIC, headerText(headers, 'ce_topic')),
    partition: from !== undefined && PARTITION.test(from) ? Number(from) : null,
    offset: matching(OFFSET, headerText(headers, 'ce_offset')),
    reason: matching(REASON, headerText(headers, 'ce_reason')) ?? UNKNOWN,
    key: record.key,
    value: record.value,
    headers: listed(headers).filter(({ name }) => !ADDED.has(name)),
    valueOmitted: headerText(headers, 'ce_valueomitted') === 'true',
  };
}

/** The record as it was published. */
export function originalRecord({ key, value, headers }: Pick<DeadLetter, 'key' | 'value' | 'headers'>): WireRecord {
  const byName = new Map<string, Buffer[]>();
  for (const { name, value: bytes } of headers) {
    const known = byName.get(name);
    if (known) known.push(bytes);
    else byName.set(name, [bytes]);
  }
  return {
    key,
    value,
    headers: Object.fromEntries([...byName].map(([name, values]) => [name, values.length === 1 ? values[0]! : values])),
  };
}

function listed(headers: RecordHeaders): LetterHeader[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => ({ name, value: Buffer.from(one as Buffer) })),
  );
}

function matching(form: RegExp, text: string | undefined): string | null {
  return text !== undefined && form.test(text) ? text : null;
}
