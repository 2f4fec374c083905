/**
 * The deliveries that wait for their next attempt; an abstract class so that it is its own injection token.
 * Nothing here waits for the database longer than it has to: what cannot be done now is kept and done once it answers.
 */
export abstract class DueDeliveries {
  /**
   * Everything that waits for this webhook becomes due: at once, or, with a pace, beginning slowly and never faster than
   * `perSecond`. What waits because the webhook is disabled is released as well. Fire and forget: tried again until the
   * database answers, and harmless when repeated.
   */
  abstract release(webhookId: string, pace?: ReleasePace): void;

  /**
   * Ends what waits for this webhook, or one delivery of it, with the outcome `discarded`/`cancelled`. A delivery that is
   * just being attempted is not touched; one that is on its way to the table ends there.
   * Resolves when it is done, or kept to be done once the database answers.
   * @param deliveryId `null`: all that wait
   * @param requestedAt milliseconds since the epoch: a delivery that is asked for later is new work
   */
  abstract cancel(webhookId: string, deliveryId: string | null, requestedAt: number): Promise<void>;

  /**
   * Makes one delivery, or all that wait for this webhook, due now. Resolves like `cancel`.
   * @param deliveryId `null`: all
   * @param attempt which one of a delivery that may be on its way to the table; without it, only what is there is meant
   */
  abstract expedite(webhookId: string, deliveryId: string | null, attempt?: number): Promise<void>;
}

export interface ReleasePace {
  /** Deliveries a second at most. */
  readonly perSecond: number;
}
