import type { DeliveryRequestedV1 } from '#libs/contracts';
import { Clock, idTail } from '#libs/kernel';
import { skip, type BatchContext, type RecordOutcome } from '#libs/messaging';

export interface RecentDeliveriesLimits {
  /** For how long a copy of a delivery is known to be one, at least, unless there are too many. */
  readonly rememberMs: number;
  /** Deliveries are remembered and forgotten in generations of so many… */
  readonly generationSize: number;
  /** …of which a partition has so many at most. */
  readonly generations: number;
}

/** At most 330,000 deliveries of a partition, some 30 MB: ten minutes of 550 a second. */
const DEFAULTS: RecentDeliveriesLimits = { rememberMs: 600_000, generationSize: 65_536, generations: 5 };

/**
 * Where repeats end. Copies of one event may be routed by different routers, but the deliveries they cause share
 * id, key and partition, and meet here. The time in a delivery id may differ between copies; its tail never does.
 * What was done is remembered for ten minutes or more, per partition and for as long as the partition is ours: its next
 * owner starts without memory. What failed is forgotten at once, since the consumer hands it in again.
 */
export class RecentDeliveries {
  private readonly partitions = new WeakMap<BatchContext, PartitionMemory>();

  constructor(
    private readonly clock: Clock,
    private readonly limits = DEFAULTS,
  ) {}

  /** Does the work unless a copy of the same requested attempt is under way or done. */
  async once(request: DeliveryRequestedV1, context: BatchContext, work: () => Promise<RecordOutcome>): Promise<RecordOutcome> {
    const memory = this.memoryOf(context);
    const key = `${idTail(request.deliveryId)}.${request.attempt}`;
    if (memory.underWay.has(key) || memory.wasDone(key)) return skip('duplicate');
    memory.underWay.add(key);
    try {
      const outcome = await work();
      if (outcome.kind === 'done') memory.done(key, this.clock.now());
      return outcome;
    } finally {
      memory.underWay.delete(key);
    }
  }

  private memoryOf(context: BatchContext): PartitionMemory {
    let memory = this.partitions.get(context);
    if (!memory) this.partitions.set(context, (memory = new PartitionMemory(this.limits, this.clock.now())));
    return memory;
  }
}

class PartitionMemory {
  readonly underWay = new Set<string>();
  /** The newest first; never empty. */
  private generations: { readonly since: number; readonly keys: Set<string> }[];

  constructor(
    private readonly limits: RecentDeliveriesLimits,
    now: number,
  ) {
    this.generations = [{ since: now, keys: new Set() }];
  }

  wasDone(key: string): boolean {
    return this.generations.some(({ keys }) => keys.has(key));
  }

  done(key: string, now: number): void {
    const { rememberMs, generationSize, generations } = this.limits;
    const [newest] = this.generations;
    if (now - newest!.since >= rememberMs || newest!.keys.size >= generationSize) {
      // A generation ended when the one before it in this list began.
      const kept = this.generations.filter((_generation, i) => i === 0 || now - this.generations[i - 1]!.since < rememberMs);
      this.generations = [{ since: now, keys: new Set() }, ...kept.slice(0, generations - 1)];
    }
    this.generations[0]!.keys.add(key);
  }
}
