import { answerCondition } from '../history-schema/index.js';
import { nextWaitSql } from './past-delivery.js';
import { asksForAttempt, type Narrowing, NOT_ARRIVED, type Selection } from './redelivery.js';
import type { Page } from './redelivery-items.js';

/** The column of `nextWaitSql` for the rows of a page, under the alias `d`. */
export const WAIT_COLUMN = nextWaitSql('d');

const LAST_ANSWER = { status: 'd.last_attempt_status', statusCode: 'd.last_status_code', errorClass: 'd.last_error_class' };

type Bind = (value: unknown) => string;

/** The ends of deliveries that a selection is about. */
export function statesOf({ statuses }: Pick<Selection, 'statuses'>): Page['state'][] {
  return (statuses ?? NOT_ARRIVED).filter((status) => status !== 'missed');
}

/**
 * A common table `page`: deliveries of a webhook that ended in one way, by id, without tests, each with whether it is
 * selected. One state at a time, as the index has them, and so many rows at most: a page costs the same however much the
 * webhook has and however little of it is selected. One delivery or event is asked for by its own index. What was cancelled
 * was not wanted, and counts only where `discarded` is asked for by name.
 * @param first the number of its first parameter
 */
export function pageSql(
  { accountId, webhookId, state, after, limit, selection }: Page,
  first = 1,
): { readonly sql: string; readonly parameters: readonly unknown[] } {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${first + parameters.push(value) - 1}`;
  const { since, until, statuses, eventTypes, narrowing } = selection;
  const { deliveryId, eventId } = narrowing;
  const looked = [
    `d.account_id = ${bind(accountId)}`,
    `d.webhook_id = ${bind(webhookId)}`,
    `d.state = ${bind(state)}`,
    `d.id > ${bind(after)}`,
    ...(deliveryId === undefined ? [] : [`d.id = ${bind(deliveryId)}`]),
    ...(eventId === undefined ? [] : [`d.event_id = ${bind(eventId)}`]),
  ];
  const selected = [
    'not d.test',
    `d.created_at >= ${bind(since)}`,
    `d.created_at < ${bind(until)}`,
    ...(eventTypes === null ? [] : [`d.event_type = any(${bind(eventTypes)}::text[])`]),
    ...(statuses === null ? ["d.outcome_reason is distinct from 'cancelled'"] : []),
    ...(asksForAttempt(narrowing) ? lastAttempt(narrowing, bind) : []),
  ];
  return {
    sql: `page as materialized (
      select d.id, d.webhook_id, d.event_key, d.attempts, d.outcome_reason, d.outcome_at, (${selected.join(' and ')}) as selected
        from history.deliveries d
       where ${looked.join(' and ')}
       order by d.id limit ${bind(limit)})`,
    parameters,
  };
}

function lastAttempt({ code, errorClass, trigger }: Narrowing, bind: Bind): string[] {
  const triggerSql = '(select a.trigger from history.attempts a where a.id = d.last_attempt_id)';
  return [
    'd.last_attempt_id is not null',
    ...(code === undefined ? [] : [answerCondition(code, LAST_ANSWER, bind)]),
    ...(errorClass === undefined ? [] : [`d.last_error_class = any(${bind(errorClass)}::text[])`]),
    ...(trigger === undefined ? [] : [`${triggerSql} = any(${bind(trigger)}::text[])`]),
  ];
}
