import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { ContractViolation, decodeAttempted, headerText, type DeliveryAttemptedV1, type ReceivedRecord } from '#libs/contracts';
import { idTail } from '#libs/kernel';
import { readTail, type BatchContext, type KafkaConnection } from '#libs/messaging';
import type { ResultTopics } from './attempt-outcome.publisher.js';
import { DeliveryTraces, NO_TRACES, recordKey, type Traces } from './delivery-traces.js';

/** Clocks of producers may disagree by so much. */
const MARGIN_MS = 60_000;
/** More than the window of a partition spans. */
const MOST_RECORDS = 100_000;
/** An attempt's record is followed by its outcome within moments, so only the last ones can lack it. They are large. */
const MOST_ATTEMPTS = 5000;
const RETRY_MS = { first: 200, most: 5000 };

/** Reads the ends of the topics that this service writes; their partitions hold the same webhooks as that of the requests. */
export class LogDeliveryTraces extends DeliveryTraces {
  private readonly logger = new Logger('attempts');

  constructor(
    private readonly connection: KafkaConnection,
    private readonly topics: ResultTopics,
  ) {
    super();
  }

  override async since(context: BatchContext, since: number): Promise<Traces> {
    for (let wait = RETRY_MS.first; !context.signal.aborted; wait = Math.min(2 * wait, RETRY_MS.most)) {
      try {
        return await this.read(context, since - MARGIN_MS);
      } catch (error) {
        this.logger.warn({ msg: 'traces.unread', partition: context.partition, err: error });
        await delay(wait, undefined, { signal: context.signal }).catch(() => undefined);
      }
    }
    return NO_TRACES;
  }

  private async read({ topic, partition }: BatchContext, sinceMs: number): Promise<Traces> {
    const { attempts, outcomes, retries } = this.topics;
    const gathered = new GatheredTraces();
    const read = (of: string, limit: number, onRecord: (record: ReceivedRecord) => void) =>
      readTail(this.connection, { topic: of, partition, sinceMs, limit }, onRecord);
    const own = await read(topic, 0, () => undefined);
    const found = await Promise.all([
      read(outcomes, MOST_RECORDS, (record) => gathered.outcome(record)),
      read(retries, MOST_RECORDS, (record) => gathered.retry(record)),
      read(attempts, MOST_ATTEMPTS, (record) => gathered.attempt(record)),
    ]);
    if (found.some(({ partitions }) => partitions !== own.partitions)) {
      this.logger.warn({ msg: 'traces.unusable', reason: 'the topics differ in their number of partitions', topic, attempts });
      return NO_TRACES;
    }
    const traces = gathered.result();
    const { ended, done, attempted } = traces;
    this.logger.log({ msg: 'traces.read', partition, ended: ended.size, handedOver: done.size, attempted: attempted.size });
    return traces;
  }
}

class GatheredTraces {
  private readonly ended = new Map<string, number>();
  private readonly done = new Set<string>();
  private readonly attempts = new Map<string, { readonly attempted: DeliveryAttemptedV1; readonly toldAt: number }>();

  outcome({ headers, timestamp }: ReceivedRecord): void {
    const [deliveryId] = idParts(headers);
    if (deliveryId) this.ended.set(idTail(deliveryId), timestamp);
  }

  // The record names what is to be done next; what was done is the record before it.
  retry({ headers }: ReceivedRecord): void {
    const [deliveryId, attempt, wait] = idParts(headers);
    if (!deliveryId) return;
    const failed = headerText(headers, 'ce_cause') === 'failed';
    this.done.add(recordKey(idTail(deliveryId), Number(attempt) - (failed ? 1 : 0), Number(wait) - 1));
    if (failed) this.attempts.delete(`${idTail(deliveryId)}.${Number(attempt) - 1}`);
  }

  attempt(record: ReceivedRecord): void {
    try {
      const attempted = decodeAttempted(record);
      const told = { attempted: withoutBodies(attempted), toldAt: record.timestamp };
      this.attempts.set(`${idTail(attempted.deliveryId)}.${attempted.attempt}`, told);
    } catch (error) {
      if (!(error instanceof ContractViolation)) throw error;
    }
  }

  result(): Traces {
    const handedOver = new Set([...this.done].map((key) => key.slice(0, key.lastIndexOf('.'))));
    // One that was told after the end is of a redelivery, of which the end is still to come.
    const concluded = (deliveryId: string, toldAt: number): boolean => toldAt <= (this.ended.get(idTail(deliveryId)) ?? -1);
    const attempted = [...this.attempts].flatMap(([key, { attempted: known, toldAt }]) =>
      concluded(known.deliveryId, toldAt) || handedOver.has(key) ? [] : [[key, known] as const],
    );
    return { ended: this.ended, done: this.done, attempted: new Map(attempted) };
  }
}

function withoutBodies(attempt: DeliveryAttemptedV1): DeliveryAttemptedV1 {
  return { ...attempt, request: { ...attempt.request, body: null, headers: {} }, response: null };
}

/** `ce_id` of an outcome is `<delivery>:outcome`, with `:<time>` behind it of a redelivery, of a retry `<delivery>:<attempt>:<wait>`. */
function idParts(headers: ReceivedRecord['headers']): string[] {
  return headerText(headers, 'ce_id')?.split(':') ?? [];
}
