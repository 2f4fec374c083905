import { answerCondition, idBound } from '../history-schema/index.js';
import type { AttemptFilter, AttemptQuery } from './attempt.store.js';

/** An id is made when the attempt is over, and an attempt takes no longer than this. */
const LONGEST_ATTEMPT_MS = 60_000;

const ANSWER = { status: 'a.status', statusCode: 'a.status_code', errorClass: 'a.error_class' };

/** Adds a value to the parameters of a statement. @returns its placeholder */
export type Bind = (value: unknown) => string;

/** Whether nothing can be what is asked for: looking for it would read everything. */
export function isContradiction({ status, code, errorClasses }: AttemptFilter): boolean {
  if (status === 'succeeded') return errorClasses !== undefined || (code !== undefined && !code.startsWith('2'));
  return status === 'failed' && code === '2xx';
}

/** The conditions on `history.attempts as a` of a list. The time is asked of the id as well, whose order the indexes have. */
export function attemptConditions(accountId: string, query: AttemptQuery, bind: Bind): string[] {
  const { webhookId, status, eventType, code, errorClasses, triggers, from, to, deliveryId, eventId, before } = query;
  const conditions = [`a.webhook_id = ${bind(webhookId)}`, `a.account_id = ${bind(accountId)}`];
  const add = (value: unknown, condition: (placeholder: string) => string): void => {
    if (value !== undefined) conditions.push(condition(bind(value)));
  };
  add(status, (p) => `a.status = ${p}`);
  add(eventType, (p) => `a.event_type = ${p}`);
  add(eventId, (p) => `a.event_id = ${p}`);
  if (deliveryId !== undefined) {
    const place = bind(deliveryId);
    // There is an index for the attempts of an event and none for those of a delivery.
    conditions.push(`a.delivery_id = ${place}`, `a.event_id = (select d.event_id from history.deliveries as d where d.id = ${place})`);
  }
  if (from !== undefined) conditions.push(`a.attempted_at >= ${bind(new Date(from))}`, `a.id >= ${bind(idBound('att', from))}`);
  if (to !== undefined)
    conditions.push(`a.attempted_at < ${bind(new Date(to))}`, `a.id < ${bind(idBound('att', to + LONGEST_ATTEMPT_MS))}`);
  add(before, (p) => `a.id < ${p}`);
  if (errorClasses !== undefined) conditions.push(oneOf('a.error_class', errorClasses, bind));
  if (triggers !== undefined) conditions.push(oneOf('a.trigger', triggers, bind));
  if (code !== undefined) conditions.push(answerCondition(code, ANSWER, bind));
  return conditions;
}

/** One is asked by equality: then an index has the order of the list. */
function oneOf(column: string, values: readonly string[], bind: Bind): string {
  return values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = any(${bind(values)}::text[])`;
}
