import { ContractViolation, type JsonMember, scanJsonArray, scanJsonObject } from '#libs/contracts';
import { AppError, type FieldError } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import { checkedEvent, type EventRequest, ruleOf } from './event-request.js';
import './event.errors.js';

/** How many events one batch may have. */
export const MAX_BATCH_EVENTS = 1_000;

/** So deep that a text nested deeper is no event's alone, and shallow enough to be read by recursion. */
const BATCH_DEPTH = 1_000;

const TEXTS = ['type', 'id', 'time', 'channelId'] as const;
const MEMBERS = new Set<string>([...TEXTS, 'context', 'data']);

/**
 * Reads `{type, id?, time?, channelId?, context?, data}` without parsing `data` and `context`.
 * @throws AppError `EVENT_MALFORMED` for what is not JSON, `EVENT_TOO_LARGE`, or `VALIDATION_FAILED` with every fault
 */
export function readEventRequest(body: Buffer): EventRequest {
  const members = scan(() => scanJsonObject(body));
  const text = (name: string): unknown => {
    const member = members.get(name);
    if (!member) return undefined;
    return member.kind === 'string' ? (JSON.parse(slice(body, member).toString('utf8')) as string) : null;
  };
  const [context, data] = [members.get('context'), members.get('data')];
  return checkedEvent(
    {
      ...Object.fromEntries(TEXTS.map((name) => [name, text(name)])),
      context: context && slice(body, context),
      data: data && slice(body, data),
    },
    unknownMembers(members, MEMBERS),
  );
}

/**
 * Reads `{"events": […]}`. What is wrong with one event stands in its place; only what is wrong with the whole is thrown.
 * @throws AppError `EVENT_MALFORMED`, `VALIDATION_FAILED`
 */
export function readEventBatch(body: Buffer): (EventRequest | AppError)[] {
  const members = scan(() => scanJsonObject(body, BATCH_DEPTH));
  const faults = unknownMembers(members, new Set(['events']));
  const events = members.get('events');
  if (!events) faults.push({ field: 'events', rule: 'required', message: 'events is required' });
  else if (events.kind !== 'array') faults.push({ field: 'events', rule: 'is-array', message: 'events must be a list' });
  if (faults.length > 0) throw validationFailed(faults);
  const list = slice(body, events!);
  const items = scan(() => scanJsonArray(list, MAX_BATCH_EVENTS, BATCH_DEPTH));
  if (items.length === 0 || items.length > MAX_BATCH_EVENTS) {
    const message = `events must have 1 to ${MAX_BATCH_EVENTS} items`;
    throw validationFailed([{ field: 'events', rule: items.length === 0 ? 'array-min-size' : 'array-max-size', message }]);
  }
  return items.map((item) => readItem(slice(list, item)));
}

function readItem(item: Buffer): EventRequest | AppError {
  try {
    return readEventRequest(item);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function scan<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ContractViolation)) throw cause;
    if (cause.reason === 'JSON_INVALID' || cause.reason === 'UTF8_INVALID') throw new AppError('EVENT_MALFORMED', cause.message, { cause });
    throw validationFailed([{ field: 'body', rule: ruleOf(cause), message: cause.message }]);
  }
}

function unknownMembers(members: ReadonlyMap<string, JsonMember>, known: ReadonlySet<string>): FieldError[] {
  const unknown = [...members.keys()].filter((name) => !known.has(name));
  return unknown.map((name) => ({ field: name, rule: 'unknown-field', message: `${name} is not a known field` }));
}

function slice(body: Buffer, member: JsonMember): Buffer {
  return body.subarray(member.start, member.end);
}
