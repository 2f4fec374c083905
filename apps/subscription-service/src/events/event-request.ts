import { checkJson, ContractViolation, EVENT_ID, MAX_EVENT_BYTES, parseRfc3339 } from '#libs/contracts';
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

/** The members of an event as a caller sent them, nothing known of them yet. */
export interface GivenEvent {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly time?: unknown;
  readonly channelId?: unknown;
  readonly context?: Buffer | undefined;
  readonly data?: Buffer | undefined;
}

const TEXT_RULES: Readonly<
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
 * An event of members that came one by one.
 * @throws AppError `VALIDATION_FAILED` with every fault, or `EVENT_TOO_LARGE`
 */
export function eventRequestOf(given: GivenEvent): EventRequest {
  const faults = [...jsonFaults('context', given.context), ...jsonFaults('data', given.data)];
  return checkedEvent(given, faults);
}

/** As `eventRequestOf`, of data and context that are known to be JSON. @param found faults found before */
export function checkedEvent(given: GivenEvent, found: readonly FieldError[]): EventRequest {
  const { context, data } = given;
  const faults = [...found, ...textFaults(given)];
  if (given.type === undefined) faults.push({ field: 'type', rule: 'required', message: 'type is required' });
  if (!data) faults.push({ field: 'data', rule: 'required', message: 'data is required' });
  if (faults.length > 0) throw validationFailed(faults);
  if (data!.length + (context?.length ?? 0) > MAX_EVENT_BYTES)
    throw new AppError('EVENT_TOO_LARGE', `data and context may have ${MAX_EVENT_BYTES} bytes`);
  const { type, id, time, channelId } = given as Record<string, string | undefined>;
  return { type: type!, id, time, channelId, context: context?.toString('utf8'), data: data! };
}

function textFaults(given: GivenEvent): FieldError[] {
  return (Object.keys(TEXT_RULES) as (keyof typeof TEXT_RULES)[]).flatMap((field) => {
    const { max, rule, message, fits } = TEXT_RULES[field];
    const value = given[field];
    if (value === undefined) return [];
    const text = typeof value === 'string' ? value : '';
    const fine = text !== '' && [...text].length <= max && !/\p{Cc}|\p{Cs}/u.test(text) && (fits?.(text) ?? true);
    return fine ? [] : [{ field, rule, message }];
  });
}

function jsonFaults(field: string, bytes: Buffer | undefined): FieldError[] {
  if (!bytes) return [];
  try {
    checkJson(bytes);
    return [];
  } catch (error) {
    if (!(error instanceof ContractViolation)) throw error;
    return [{ field, rule: ruleOf(error), message: `${field}: ${error.message}` }];
  }
}

/** A broken contract as the rule of a field. */
export function ruleOf({ reason }: ContractViolation): string {
  return reason.toLowerCase().replaceAll('_', '-');
}
