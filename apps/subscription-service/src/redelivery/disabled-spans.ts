/** What is needed of the events of a webhook. */
export interface StatusEvent {
  readonly type: string;
  readonly data: object;
  /** RFC 3339. */
  readonly occurredAt: string;
}

/** From inclusive, to exclusive; milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The event-router learns of a change within about a second; what it routed meanwhile has a delivery, by which it is known
 * not to have been missed.
 */
const SETTLE_MS = 5_000;

/** When, between two times, a webhook was disabled. @param events all that happened to it, oldest first */
export function disabledSpans(events: readonly StatusEvent[], since: number, until: number): Span[] {
  const spans: Span[] = [];
  let disabledAt: number | undefined;
  const add = (from: number, to: number): void => {
    const span = { from: Math.max(since, from), to: Math.min(until, to + SETTLE_MS) };
    if (span.from < span.to) spans.push(span);
  };
  for (const { type, data, occurredAt } of events) {
    const at = Date.parse(occurredAt);
    if (type === 'webhook.created' && (data as { status?: unknown }).status === 'disabled') disabledAt = at;
    else if (type === 'webhook.disabled') disabledAt ??= at;
    else if (type === 'webhook.enabled' && disabledAt !== undefined) {
      add(disabledAt, at);
      disabledAt = undefined;
    }
  }
  if (disabledAt !== undefined) add(disabledAt, until);
  return spans;
}
