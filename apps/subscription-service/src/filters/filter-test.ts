import { ContractViolation, type JsonMember, scanJsonObject } from '#libs/contracts';
import { AppError, type FieldError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import { eventRequestOf, type GivenEvent } from '../events/index.js';

/** A filter and an event to try it on; `context` and `data` are JSON as the caller wrote it. */
export interface FilterTestRequest {
  readonly filter: string;
  readonly event: {
    readonly type: string;
    /** Absent: that of the caller. */
    readonly accountId: string | undefined;
    readonly channelId: string | undefined;
    /** RFC 3339; absent: now. */
    readonly time: string | undefined;
    readonly context: string | undefined;
    readonly data: Buffer;
  };
}

/** The members of the two as a caller sent them, nothing known of them yet. */
export interface GivenFilterTest {
  readonly filter?: unknown;
  readonly event?: (GivenEvent & { readonly accountId?: unknown }) | undefined;
}

/** Deep enough for data of an event, wherever in the body it stands. */
const BODY_DEPTH = 1_000;
const TEXTS = ['type', 'id', 'time', 'channelId', 'accountId'] as const;

/** @throws AppError `VALIDATION_FAILED` with every fault, or `EVENT_TOO_LARGE` */
export function filterTestOf({ filter, event }: GivenFilterTest, found: readonly FieldError[] = []): FilterTestRequest {
  const faults = [...found];
  if (filter === undefined) faults.push({ field: 'filter', rule: 'required', message: 'filter is required' });
  else if (typeof filter !== 'string') faults.push({ field: 'filter', rule: 'is-string', message: 'filter must be a text' });
  const accountId = event?.accountId;
  if (accountId !== undefined && (typeof accountId !== 'string' || !/^\P{Cc}{1,256}$/u.test(accountId)))
    faults.push({ field: 'event.accountId', rule: 'text', message: 'event.accountId must be a text of 1 to 256 characters' });
  if (!event) throw validationFailed([...faults, { field: 'event', rule: 'required', message: 'event is required' }]);
  try {
    const { type, channelId, time, context, data } = eventRequestOf(event);
    if (faults.length === 0) return { filter: filter as string, event: { type, accountId: accountId as string | undefined, channelId, time, context, data } }; // prettier-ignore
  } catch (error) {
    if (!(error instanceof AppError) || error.fields.length === 0) throw error;
    faults.push(...error.fields.map((fault) => ({ ...fault, field: `event.${fault.field}`, message: `event.${fault.message}` })));
  }
  throw validationFailed(faults);
}

/**
 * Reads `{filter, event: {type, data, accountId?, channelId?, time?, context?}}` without parsing `data` and `context`.
 * @throws AppError `MALFORMED_BODY` for what is not JSON, or what `filterTestOf` throws
 */
export function readFilterTest(body: Buffer): FilterTestRequest {
  const members = scan(body);
  const faults = unknownMembers(members, ['filter', 'event'], '');
  const filter = textOf(body, members.get('filter'));
  const place = members.get('event');
  if (place && place.kind !== 'object')
    throw validationFailed([...faults, { field: 'event', rule: 'is-object', message: 'event must be an object' }]);
  if (!place) return filterTestOf({ filter }, faults);
  const bytes = body.subarray(place.start, place.end);
  const event = scan(bytes);
  const slice = (name: string): Buffer | undefined => {
    const member = event.get(name);
    return member && bytes.subarray(member.start, member.end);
  };
  const texts = Object.fromEntries(TEXTS.map((name) => [name, textOf(bytes, event.get(name))]));
  faults.push(...unknownMembers(event, [...TEXTS, 'context', 'data'], 'event.'));
  return filterTestOf({ filter, event: { ...texts, context: slice('context'), data: slice('data') } }, faults);
}

/** A text, `null` of what is none, undefined of what is absent. */
function textOf(body: Buffer, member: JsonMember | undefined): unknown {
  if (!member) return undefined;
  return member.kind === 'string' ? JSON.parse(body.subarray(member.start, member.end).toString('utf8')) : null;
}

function unknownMembers(members: ReadonlyMap<string, JsonMember>, known: readonly string[], prefix: string): FieldError[] {
  const unknown = [...members.keys()].filter((name) => !known.includes(name));
  return unknown.map((name) => ({ field: prefix + name, rule: 'unknown-field', message: `${prefix}${name} is not a known field` }));
}

function scan(body: Buffer): Map<string, JsonMember> {
  try {
    return scanJsonObject(body, BODY_DEPTH);
  } catch (cause) {
    if (!(cause instanceof ContractViolation)) throw cause;
    if (cause.reason === 'JSON_INVALID' || cause.reason === 'UTF8_INVALID') throw new AppError('MALFORMED_BODY', cause.message, { cause });
    const rule = cause.reason.toLowerCase().replaceAll('_', '-');
    throw validationFailed([{ field: 'body', rule, message: cause.message }]);
  }
}
