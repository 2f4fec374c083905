import type { Attempt, ListAttemptsData } from '../api';
import { ATTEMPT_VIEWS, type AttemptView } from '../delivery/attempt-views';
import { defined, searchChoice, searchText } from '../filters/search-text';
import { isWithin, timeQuery, type TimeRange, timeRangeOf } from '../filters/time-range';

export const STATUSES = ['succeeded', 'failed'] as const;
export const TRIGGERS = ['event', 'retry', 'redelivery', 'test', 'probe'] as const;
type Trigger = (typeof TRIGGERS)[number];
/** `not-test`: what the statistics count. */
export const TRIGGER_CHOICES = ['not-test', ...TRIGGERS] as const;
export const ERROR_CLASSES = [
  'dns',
  'connect',
  'tls',
  'timeout',
  'reset',
  'http_3xx',
  'http_4xx',
  'http_5xx',
  'policy',
  'protocol',
] as const;
type ErrorClass = (typeof ERROR_CLASSES)[number];
/** What `connection` stands for, as in the statistics: all that keeps an answer from coming, but for a timeout. */
const CONNECTION: readonly ErrorClass[] = ['dns', 'connect', 'tls', 'reset', 'protocol'];
export const ERROR_CHOICES = ['connection', ...ERROR_CLASSES] as const;

/** What narrows the history of a webhook. */
export interface HistoryFilters extends TimeRange {
  readonly status?: (typeof STATUSES)[number];
  readonly event?: string;
  /** `503`, `5xx`, or `none` for no answer. */
  readonly code?: string;
  readonly errorClass?: (typeof ERROR_CHOICES)[number];
  readonly trigger?: (typeof TRIGGER_CHOICES)[number];
  readonly deliveryId?: string;
  readonly eventId?: string;
}

/** What the address of the history says. Only what is set stands in it. */
export interface HistorySearch extends HistoryFilters {
  readonly cursor?: string;
  /** The attempt whose drawer is open. */
  readonly open?: string;
  readonly view?: AttemptView;
  /** New attempts are watched for unless it says so. */
  readonly live?: 'off';
}

/** Reads an address that anyone may have typed: what makes no sense is passed over. */
export function historySearch(given: Readonly<Record<string, unknown>>): HistorySearch {
  return defined({
    ...timeRangeOf(given),
    status: searchChoice(given.status, STATUSES),
    event: searchText(given.event),
    code: codeOf(given.code),
    errorClass: searchChoice(given.errorClass, ERROR_CHOICES),
    trigger: searchChoice(given.trigger, TRIGGER_CHOICES),
    deliveryId: searchText(given.deliveryId),
    eventId: searchText(given.eventId),
    cursor: searchText(given.cursor, 1000),
    open: searchText(given.open),
    view: searchChoice(given.view, ATTEMPT_VIEWS),
    live: searchChoice(given.live, ['off'] as const),
  });
}

/** An exact code, a class of codes, or none; anything half-typed narrows nothing. */
export function codeOf(value: unknown): string | undefined {
  const text = searchText(value)?.toLowerCase();
  return text && /^([1-5]\d\d|[1-5]xx|none)$/.test(text) ? text : undefined;
}

/** Only what narrows the list, without where one stands in it. */
export function filtersOf({ cursor: _, open: _1, view: _2, live: _3, ...filters }: HistorySearch): HistoryFilters {
  return filters;
}

export function isFiltered(search: HistorySearch): boolean {
  return Object.keys(filtersOf(search)).length > 0;
}

export function attemptsQuery(filters: HistoryFilters): NonNullable<ListAttemptsData['query']> {
  const { range: _, from: _1, to: _2, errorClass, trigger, ...rest } = filters;
  return {
    ...rest,
    ...(errorClass ? { errorClass: [...classesOf(errorClass)] } : {}),
    ...(trigger ? { trigger: [...triggersOf(trigger)] } : {}),
    ...timeQuery(filters),
  };
}

function classesOf(choice: (typeof ERROR_CHOICES)[number]): readonly ErrorClass[] {
  return choice === 'connection' ? CONNECTION : [choice];
}

function triggersOf(choice: (typeof TRIGGER_CHOICES)[number]): readonly Trigger[] {
  return choice === 'not-test' ? TRIGGERS.filter((trigger) => trigger !== 'test') : [choice];
}

/** Whether an attempt belongs into the filtered list: what the server would say, for those that come in live. */
export function isShown(attempt: Attempt, filters: HistoryFilters, now = Date.now()): boolean {
  const { status, event, code, errorClass, trigger, deliveryId, eventId } = filters;
  return (
    is(status, attempt.status) &&
    is(event, attempt.eventType) &&
    (errorClass === undefined || classesOf(errorClass).some((one) => one === attempt.errorClass)) &&
    (trigger === undefined || triggersOf(trigger).includes(attempt.trigger)) &&
    is(deliveryId, attempt.deliveryId) &&
    is(eventId, attempt.eventId) &&
    hasCode(attempt.statusCode, code) &&
    isWithin(attempt.attemptedAt, filters, now)
  );
}

function is(wanted: string | undefined, value: string | null): boolean {
  return wanted === undefined || wanted === value;
}

function hasCode(statusCode: number | null, code: string | undefined): boolean {
  if (code === undefined) return true;
  if (code === 'none' || statusCode === null) return code === 'none' && statusCode === null;
  return code.endsWith('xx') ? String(statusCode)[0] === code[0] : String(statusCode) === code;
}

/** What one id filters by, told by its prefix: publishers choose the ids of their events, so that any other text is one of those. */
export function idFilter(text: string | undefined): Pick<HistoryFilters, 'deliveryId' | 'eventId'> & { readonly open?: string } {
  if (text === undefined) return {};
  if (/^dlv_[0-9a-z]{20,}$/.test(text)) return { deliveryId: text };
  if (/^att_[0-9a-z]{20,}$/.test(text)) return { open: text };
  return { eventId: text };
}
