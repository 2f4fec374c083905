/** Webhooks with the same `events`. */
export interface SubscriberGroup {
  readonly events: readonly string[];
  readonly webhooks: number;
}

/** What is counted of the webhooks and the events of an account. */
export abstract class EventTypeUsageStore {
  /** Webhooks by what they subscribe to, disabled ones included. */
  abstract subscribers(accountId: string): Promise<readonly SubscriberGroup[]>;

  /** Events that went to at least one webhook, by type. @param firstDay the first day that counts, `2026-11-20` */
  abstract volumes(accountId: string, firstDay: string): Promise<ReadonlyMap<string, number>>;
}
