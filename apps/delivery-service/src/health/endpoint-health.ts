import type { Circuit, ErrorClass } from '#libs/contracts';
import type { BatchContext } from '#libs/messaging';

/** Whether an attempt may be made now. */
export type Admission =
  | { readonly kind: 'go'; readonly permit: Permit }
  /** Not before `until`, milliseconds since the epoch; no attempt is spent. */
  | { readonly kind: 'hold'; readonly until: number };

/** Leave for one attempt. Exactly one of `settle` and `abandon` is called when it is over; of two calls the first counts. */
export interface Permit {
  /** The one attempt by which a circuit that was open is tried. */
  readonly probe: boolean;
  settle(result: AttemptHealth): void;
  /** No attempt was made, or its result no longer counts because the partition was lost. */
  abandon(): void;
}

/** What an attempt says about its endpoint. */
export type AttemptHealth =
  | { readonly kind: 'succeeded' }
  | {
      readonly kind: 'failed';
      readonly statusCode: number | null;
      readonly errorClass: ErrorClass;
      /** False for 4xx other than 410, and for our own faults: DNS infrastructure and policy refusals (no status code). */
      readonly counts: boolean;
      /** The receiver answered 410. */
      readonly gone: boolean;
      /** What a `Retry-After` asks for, in milliseconds from now. */
      readonly retryAfterMs?: number;
    };

/**
 * How the endpoints of webhooks fare, and so whether an attempt may be made; an abstract class so that it is its own
 * injection token. Everything is decided in memory and at once.
 */
export abstract class EndpointHealth {
  /** @param context of the record that asks: what is known of the webhook holds for as long as its partition is owned */
  abstract admit(webhook: { readonly id: string; readonly accountId: string }, context: BatchContext): Admission;

  /** The state of the circuit, for attempt records. */
  abstract circuitOf(webhookId: string): Circuit;

  /** The command “probe now”: of an open circuit the next attempt is let through. */
  abstract probe(webhookId: string): void;

  /** The command “reset”: the circuit is closed, and what failed so far is forgotten. */
  abstract reset(webhookId: string): void;

  /**
   * Called with the id of a webhook whose circuit has closed, and once more when its slow start is over: what waits for
   * it may be released. Both times harmless when nothing waits.
   */
  abstract onClosed(listener: (webhookId: string) => void): void;
}
