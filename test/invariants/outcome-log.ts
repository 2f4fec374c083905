import { decodeOutcome, type ReceivedRecord } from '#libs/contracts';
import { idTail } from '#libs/kernel';
import { PROBE } from './endpoints.js';
import type { SeenOutcome } from './oracle.js';

/** The outcomes of one run, of a topic that holds those of others too. */
export class OutcomeLog {
  /** Webhooks of which a probe has failed. */
  readonly probed = new Set<string>();
  private readonly all: SeenOutcome[] = [];
  private readonly deliveries = new Set<string>();
  private readTo = 0;

  /** @param records those of the topic, a list that grows @param namesById the webhooks of the run */
  constructor(
    private readonly records: readonly ReceivedRecord[],
    private readonly namesById: ReadonlyMap<string, string>,
  ) {}

  /** In the order they were read. */
  seen(): readonly SeenOutcome[] {
    for (; this.readTo < this.records.length; this.readTo++) this.take(this.records[this.readTo]!);
    return this.all;
  }

  /** Deliveries that have one. */
  get ended(): number {
    this.seen();
    return this.deliveries.size;
  }

  private take(record: ReceivedRecord): void {
    const { eventId, webhookId, deliveryId, result } = decodeOutcome(record);
    const webhook = this.namesById.get(webhookId);
    if (webhook === undefined) return;
    if (eventId.startsWith(PROBE)) {
      if (result === 'failed') this.probed.add(webhook);
      return;
    }
    this.all.push({ eventId, webhook, delivery: idTail(deliveryId), result });
    this.deliveries.add(`${eventId} ${webhook}`);
  }
}
