import { Outbox, type OutboxRecord, type Transaction } from '#libs/persistence';

export const OUTBOX_TABLE = 'subscription.outbox';

/** The outbox as features see it: records in, and a sign to the relay that there are new ones. */
export class ServiceOutbox {
  private readonly outbox = new Outbox(OUTBOX_TABLE);
  private onWake: () => void = () => undefined;

  /** In the transaction of what the records tell about, after the append to the event store. */
  add(transaction: Transaction, records: readonly OutboxRecord[]): Promise<void> {
    return this.outbox.add(transaction, records);
  }

  /** Call once the transaction is committed. Missing it costs latency only: the relay polls as well. */
  wake(): void {
    this.onWake();
  }

  /** Only a relay in the same process hears; another leader finds the records by polling. */
  wokenBy(onWake: () => void): void {
    this.onWake = onWake;
  }
}
