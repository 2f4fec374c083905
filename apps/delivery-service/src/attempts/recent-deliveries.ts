import type { DeliveryAttemptedV1, DeliveryRequestedV1 } from '#libs/contracts';
import { Clock, idTail } from '#libs/kernel';
import { skip, type BatchContext, type RecordOutcome } from '#libs/messaging';
import { DeliveryTraces, recordKey, type Traces } from './delivery-traces.js';
import { GenerationSet } from './generation-set.js';

export interface RecentDeliveriesLimits {
  /** For how long a copy of a delivery is known to be one, at least, unless there are too many. */
  readonly rememberMs: number;
  /** Deliveries are remembered and forgotten in generations of so many… */
  readonly generationSize: number;
  /** …of which a partition has so many at most. */
  readonly generations: number;
}

/** At most 390,000 deliveries of a partition, 8 MB: ten minutes of 650 a second. A generation fills its table. */
const DEFAULTS: RecentDeliveriesLimits = { rememberMs: 600_000, generationSize: 98_304, generations: 4 };

/** What is done for a record. @param earlier the attempt, when one was made and told before a crash, and nothing after it */
export type Work = (earlier: DeliveryAttemptedV1 | undefined) => Promise<RecordOutcome>;

/**
 * Where repeats end. Copies of one event may be routed by different routers, but the deliveries they cause share
 * id, key and partition, and meet here. The time in a delivery id may differ between copies; its tail never does.
 * A record of a delivery is named by tail, attempt and wait; what was done is remembered for ten minutes or more, per
 * partition and for as long as the partition is ours. A new owner learns from the topics what the one before it did since
 * the offset that was committed last. What failed is forgotten at once, since the consumer hands it in again.
 */
export class RecentDeliveries {
  private readonly partitions = new WeakMap<BatchContext, PartitionMemory>();

  constructor(
    private readonly clock: Clock,
    private readonly traces: DeliveryTraces,
    private readonly limits = DEFAULTS,
  ) {}

  /**
   * Does the work unless a copy of the same record is under way or done, or the delivery has ended.
   * @param writtenAt when the record was written, in milliseconds since the epoch
   */
  async once(request: DeliveryRequestedV1, writtenAt: number, context: BatchContext, work: Work): Promise<RecordOutcome> {
    const memory = this.memoryOf(context, writtenAt);
    if (memory.learning) await memory.learning;
    const tail = idTail(request.deliveryId);
    const key = recordKey(tail, request.attempt, request.wait);
    if (memory.underWay.has(key) || memory.done.has(key)) return skip('duplicate');
    const { traces } = memory;
    if (traces?.done.has(key)) return skip('duplicate');
    if (traces && hasEnded(traces, tail, request)) return skip('ended');
    memory.underWay.add(key);
    try {
      const outcome = await work(traces?.attempted.get(`${tail}.${request.attempt}`));
      if (outcome.kind === 'done') memory.done.add(key, this.clock.now());
      return outcome;
    } finally {
      memory.underWay.delete(key);
    }
  }

  private memoryOf(context: BatchContext, writtenAt: number): PartitionMemory {
    let memory = this.partitions.get(context);
    if (!memory) {
      memory = new PartitionMemory(new GenerationSet(this.limits, this.clock.now()));
      this.partitions.set(context, memory);
      // The first record of a partition that has just become ours is the first that was not committed.
      memory.learn(this.traces.since(context, writtenAt));
    }
    return memory;
  }
}

class PartitionMemory {
  readonly underWay = new Set<string>();
  learning: Promise<void> | undefined;
  /** undefined when there are none, which is what nearly every record meets. */
  traces: Traces | undefined;

  constructor(readonly done: GenerationSet) {}

  learn(traces: Promise<Traces>): void {
    this.learning = traces.then((found) => {
      if (found.ended.size + found.done.size + found.attempted.size > 0) this.traces = found;
      this.learning = undefined;
    });
  }
}

/**
 * A redelivery that was asked for after the end is new work, and so are the attempts that follow from it, which keep the
 * time of the request. Only the router may ask again for what has ended, since it routed an event twice.
 */
function hasEnded({ ended }: Traces, tail: string, { trigger, requestedAt }: DeliveryRequestedV1): boolean {
  const endedAt = ended.get(tail);
  return endedAt !== undefined && !(trigger !== 'event' && Date.parse(requestedAt) > endedAt);
}
