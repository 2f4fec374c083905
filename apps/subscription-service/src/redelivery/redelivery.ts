import type { AttemptTrigger, ErrorClass } from '#libs/contracts';

/** What a redelivery of a webhook may select: how deliveries ended, and what the webhook missed while it was disabled. */
export const SELECTABLE = ['failed', 'discarded', 'succeeded', 'missed'] as const;
export type Selectable = (typeof SELECTABLE)[number];

/** Without a choice: all that did not arrive. */
export const NOT_ARRIVED: readonly Selectable[] = ['failed', 'discarded', 'missed'];

/** `preparing`: what it is about is being gathered; `failed`: it cannot go on. */
export const REDELIVERY_STATUSES = ['preparing', 'running', 'completed', 'cancelled', 'failed'] as const;
export type RedeliveryStatus = (typeof REDELIVERY_STATUSES)[number];

/** To whom an event goes again. */
export const EVENT_TARGETS = ['all', 'missing', 'webhook'] as const;
export type EventTarget = (typeof EVENT_TARGETS)[number];

/** Which deliveries of a webhook go out again. */
export interface Selection {
  /** RFC 3339; when the deliveries were requested, or the missed events published: from then on… */
  readonly since: string;
  /** …and before then. */
  readonly until: string;
  /** null: `NOT_ARRIVED`, without what was cancelled. */
  readonly statuses: readonly Selectable[] | null;
  /** null: all. */
  readonly eventTypes: readonly string[] | null;
  readonly narrowing: Narrowing;
}

/** What narrows a selection further, by the names of the filters of a list of attempts; what is absent does not. */
export interface Narrowing {
  /** How the last attempt was answered: such as `503`, `5xx` or `none`. */
  readonly code?: string | undefined;
  /** The last attempt failed in any of these ways. */
  readonly errorClass?: readonly ErrorClass[] | undefined;
  /** The last attempt was made for any of these reasons. */
  readonly trigger?: readonly AttemptTrigger[] | undefined;
  readonly deliveryId?: string | undefined;
  readonly eventId?: string | undefined;
}

/** Whether it asks for something of an attempt: what has none is not selected then. */
export function asksForAttempt({ code, errorClass, trigger }: Narrowing): boolean {
  return code !== undefined || errorClass !== undefined || trigger !== undefined;
}

/** Deliveries that go out again, one after the other. */
export interface Redelivery {
  readonly id: string;
  readonly accountId: string;
  /** Of deliveries of one webhook, or of one event. */
  readonly kind: 'webhook' | 'event';
  /** null: several. */
  readonly webhookId: string | null;
  readonly eventId: string | null;
  /** null for one of an event. */
  readonly selection: Selection | null;
  readonly status: RedeliveryStatus;
  /** Deliveries in it; final once it is no longer `preparing`. */
  readonly count: number;
  /** Handed over to be delivered. */
  readonly sent: number;
  /** Passed over, since they cannot or need not be sent. */
  readonly skipped: number;
  /** Why it does not go on; null when nothing is in its way. */
  readonly problem: string | null;
  /** RFC 3339, as all times. */
  readonly createdAt: string;
  readonly createdBy: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

/** How those that were sent have ended so far. */
export interface RedeliveryResults {
  readonly succeeded: number;
  readonly failed: number;
}

/** What a redelivery would be about. */
export interface DryRun {
  readonly accountId: string;
  readonly webhookId: string;
  readonly selection: Selection;
  readonly count: number;
  /** Whether counting ended early: there are more. */
  readonly countIsLowerBound: boolean;
}
