import { nextWaitSql } from './past-delivery.js';
import { NOT_ARRIVED, type Selection } from './redelivery.js';
import type { Page } from './redelivery-items.js';

/** The column of `nextWaitSql` for the rows of a page, under the alias `d`. */
export const WAIT_COLUMN = nextWaitSql('d');

/** The ends of deliveries that a selection is about. */
export function statesOf({ statuses }: Pick<Selection, 'statuses'>): Page['state'][] {
  return (statuses ?? NOT_ARRIVED).filter((status) => status !== 'missed');
}

/**
 * A common table `page`: deliveries of a webhook that ended in one way, by id, without tests, each with whether it is
 * selected. One state at a time, as the index has them, and so many rows at most: a page costs the same however much the
 * webhook has and however little of it is selected. What was cancelled was not wanted, and counts only where `discarded`
 * is asked for by name.
 * @param first the number of its first parameter
 */
export function pageSql(
  { accountId, webhookId, state, after, limit, selection: { since, until, statuses, eventTypes } }: Page,
  first = 1,
): { readonly sql: string; readonly parameters: readonly unknown[] } {
  const at = (offset: number): string => `$${first + offset}`;
  return {
    sql: `page as materialized (
      select d.id, d.webhook_id, d.event_key, d.attempts, d.outcome_reason, d.outcome_at,
             (not d.test and d.created_at >= ${at(5)} and d.created_at < ${at(6)}
              and (${at(7)}::text[] is null or d.event_type = any(${at(7)}::text[]))
              and (${at(8)}::boolean or d.outcome_reason is distinct from 'cancelled')) as selected
        from history.deliveries d
       where d.account_id = ${at(0)} and d.webhook_id = ${at(1)} and d.state = ${at(2)} and d.id > ${at(3)}
       order by d.id limit ${at(4)})`,
    parameters: [accountId, webhookId, state, after, limit, since, until, eventTypes, statuses !== null],
  };
}
