import type { Redelivery, Selection } from './redelivery.js';
import type { Gathered } from './redelivery-items.js';
import type { HeldRedelivery } from './redelivery.store.js';

/** A row of `subscription.redeliveries`. */
export interface RedeliveryRow {
  readonly id: string;
  readonly account_id: string;
  readonly kind: Redelivery['kind'];
  readonly webhook_id: string | null;
  readonly event_id: string | null;
  readonly selection: string | null;
  readonly status: Redelivery['status'];
  readonly count: number;
  readonly sent: number;
  readonly skipped: number;
  readonly problem: string | null;
  readonly gathered: string | null;
  readonly created_at: Date;
  readonly created_by: string;
  readonly started_at: Date | null;
  readonly completed_at: Date | null;
}

export function redeliveryOf(row: RedeliveryRow): Redelivery {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    selection: row.selection === null ? null : selectionOf(row.selection),
    status: row.status,
    count: row.count,
    sent: row.sent,
    skipped: row.skipped,
    problem: row.problem,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    startedAt: row.started_at?.toISOString() ?? null,
    completedAt: row.completed_at?.toISOString() ?? null,
  };
}

/** One from before selections were narrowed by more than types has no such member. */
function selectionOf(text: string): Selection {
  return { narrowing: {}, ...(JSON.parse(text) as Omit<Selection, 'narrowing'>) };
}

export function heldOf(row: RedeliveryRow): HeldRedelivery {
  return { ...redeliveryOf(row), gathered: row.gathered === null ? {} : (JSON.parse(row.gathered) as Gathered) };
}
