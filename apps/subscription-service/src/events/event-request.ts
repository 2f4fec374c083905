import { ContractViolation, EVENT_ID, type JsonMember, MAX_EVENT_BYTES, parseRfc3339, scanJsonObject } from '#libs/contracts';
import { AppError, type FieldError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import '#libs/messaging'; // holds the row of EVENT_TOO_LARGE
import './event.errors.js';

/** An event as a caller sent it; `data` and `context` are the very bytes of the request. */
export interface EventRequest {
  readonly type: string;
  readonly id: string | undefined;
  /** RFC 3339. */
  readonly time: string | undefined;
  readonly channelId: string | undefined;
  readonly context: string | undefined;
  readonly data: Buffer;
}

const MEMBERS = new Set(['type', 'id', 'time', 'channelId', 'context', 'data']);
const TEXT_FAULTS: Readonly<
  Record<'type' | 'id' | 'time' | 'channelId', { max: number; rule: string; message: string; fits?: (text: string) => boolean }>
> = {
  type: { max: 128, rule: 'text', message: 'type must be a text of 1 to 128 characters' },
  id: {
    max: 256,
    rule: 'text',
    message: 'id must be a text of 1 to 256 printable ASCII characters without a space at its ends',
    fits: (text) => EVENT_ID.test(text),
  },
  time: {
    max: 64,
    rule: 'rfc3339',
    message: 'time must be an RFC 3339 time',
    fits: (text) => parseRfc3339(text) !== undefined,
  },
  channelId: { max: 200, rule: 'text', message: 'channelId must be a text of 1 to 200 characters without control characters' },
};

/**
 * Reads `{type, id?, time?, channelId?, context?, data}` without parsing `data` and `context`.
 * @throws AppError `EVENT_MALFORMED` for what is not JSON, `EVENT_TOO_LARGE`, or `VALIDATION_FAILED` with every fault
 */
export function readEventRequest(body: Buffer): EventRequest {
  const members = scan(body);
  const faults: FieldError[] = [];
  for (const name of members.keys()) {
    if (!MEMBERS.has(name)) faults.push({ field: name, rule: 'unknown-field', message: `${name} is not a known field` });
  }
  const text = (field: keyof typeof TEXT_FAULTS): string | undefined => {
    const member = members.get(field);
    if (!member) return undefined;
    const { max, rule, message, fits } = TEXT_FAULTS[field];
    const value = member.kind === 'string' ? (JSON.parse(slice(body, member).toString('utf8')) as string) : '';
    const fine = value !== '' && [...value].length <= max && !/\p{Cc}|\p{Cs}/u.test(value) && (fits?.(value) ?? true);
    if (!fine) faults.push({ field, rule, message });
    return value;
  };
  const [type, id, time, channelId] = [text('type'), text('id'), text('time'), text('channelId')];
  const [context, data] = [members.get('context'), members.get('data')];
  if (type === undefined) faults.push({ field: 'type', rule: 'required', message: 'type is required' });
  if (!data) faults.push({ field: 'data', rule: 'required', message: 'data is required' });
  if (faults.length > 0) throw validationFailed(faults);
  const bytes = slice(body, data!);
  if (bytes.length + (context ? context.end - context.start : 0) > MAX_EVENT_BYTES) {
    throw new AppError('EVENT_TOO_LARGE', `data and context may have ${MAX_EVENT_BYTES} bytes`);
  }
  return { type: type!, id, time, channelId, context: context && slice(body, context).toString('utf8'), data: bytes };
}

function scan(body: Buffer): Map<string, JsonMember> {
  try {
    return scanJsonObject(body);
  } catch (cause) {
    if (!(cause instanceof ContractViolation)) throw cause;
    if (cause.reason === 'JSON_INVALID' || cause.reason === 'UTF8_INVALID') throw new AppError('EVENT_MALFORMED', cause.message, { cause });
    throw validationFailed([{ field: 'body', rule: cause.reason.toLowerCase().replaceAll('_', '-'), message: cause.message }]);
  }
}

function slice(body: Buffer, member: JsonMember): Buffer {
  return body.subarray(member.start, member.end);
}
