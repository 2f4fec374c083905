import type { DomainEvent } from '#libs/contracts';
import type { PastDelivery } from './past-delivery.js';

/** An event as the history keeps it. */
export interface KeptEvent {
  readonly key: string;
  /** Whether something was taken out of its data, which therefore is not what was published. */
  readonly redacted: boolean;
  readonly event: DomainEvent;
}

/** The history as far as sending again needs it. Nothing of another account is there. */
export abstract class DeliveryArchive {
  abstract find(accountId: string, deliveryId: string): Promise<PastDelivery | undefined>;

  /** Those of these ids that the history knows. */
  abstract deliveries(deliveryIds: readonly string[]): Promise<ReadonlyMap<string, PastDelivery>>;

  /** The deliveries of an event, tests apart. */
  abstract deliveriesOf(accountId: string, eventId: string): Promise<readonly PastDelivery[]>;

  /** undefined: the data is not kept, or not any more. */
  abstract event(accountId: string, key: string): Promise<KeptEvent | undefined>;

  abstract events(keys: readonly string[]): Promise<ReadonlyMap<string, KeptEvent>>;

  /** The event of this id; of several with different sources the latest. @param source of this publisher, when given */
  abstract eventOf(accountId: string, eventId: string, source: string | undefined): Promise<KeptEvent | undefined>;
}
