import { DEFAULT_ACCOUNT } from '#libs/contracts';
import type { DeadLetter, LetterSubject } from './dead-letter.js';

const OWN_TYPES = 'hookstream.';
const NOBODY: LetterSubject = { accountId: null, webhookId: null, eventId: null };

type Unreadable = Pick<DeadLetter, 'headers' | 'value'>;

/**
 * Of whom a record tells that could not be read, as far as its headers, or its value where that is JSON at least, tell it:
 * of records between services, and of events in the three shapes that may be published. Total.
 */
export function subjectOfLetter(letter: Unreadable): LetterSubject {
  const header = (name: string): string | undefined => letter.headers.find((one) => one.name === name)?.value.toString('utf8');
  if (header('ce_type')?.startsWith(OWN_TYPES)) {
    const eventId = eventOfDelivery(header('ce_delivery')) ?? membersOf(letter.value)?.['eventId'];
    return { accountId: known(header('ce_accountid')), webhookId: known(header('ce_subject')), eventId: known(eventId) };
  }
  if (header('ce_specversion') !== undefined)
    return { accountId: known(header('ce_accountid') ?? DEFAULT_ACCOUNT), webhookId: null, eventId: known(header('ce_id')) };
  const event = membersOf(letter.value);
  if (!event) return NOBODY;
  return { accountId: known(event['accountId'] ?? event['accountid'] ?? DEFAULT_ACCOUNT), webhookId: null, eventId: known(event['id']) };
}

function eventOfDelivery(text: string | undefined): unknown {
  const event = text === undefined ? undefined : membersOf(text)?.['e'];
  return Array.isArray(event) ? (event as unknown[])[0] : undefined;
}

function membersOf(json: Buffer | string | null): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(String(json)) as unknown;
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** What could be an id: Postgres holds no U+0000. */
function known(value: unknown): string | null {
  return typeof value === 'string' && value.length > 0 && value.length <= 1_024 && !value.includes('\0') ? value.toWellFormed() : null;
}
