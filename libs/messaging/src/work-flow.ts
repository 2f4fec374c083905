import type { KafkaPublisher } from './kafka-publisher.js';
import type { PartitionWorker } from './partition-worker.js';

export interface FlowHost {
  workers(): readonly PartitionWorker[];
  /** Records of this partition finished, or are due again, and what could begin has begun. */
  moved(worker: PartitionWorker): void;
}

/** When work begins: not while the publisher has too much waiting, and again when records finish or the publisher is relieved. */
export class WorkFlow {
  #moved = new Set<PartitionWorker>();
  #waiting = false;

  constructor(
    private readonly publisher: KafkaPublisher,
    private readonly host: FlowHost,
  ) {}

  holding(): boolean {
    if (!this.publisher.congested) return false;
    if (!this.#waiting) {
      this.#waiting = true;
      void this.publisher.relief().then(() => {
        this.#waiting = false;
        for (const worker of this.host.workers()) worker.pump();
      });
    }
    return true;
  }

  // Many records finish in one turn of the event loop; what follows from it is done once.
  progressed(worker: PartitionWorker): void {
    if (this.#moved.size === 0) setImmediate(() => this.#follow());
    this.#moved.add(worker);
  }

  #follow(): void {
    const workers = [...this.#moved];
    this.#moved.clear();
    for (const worker of workers) {
      worker.pump();
      this.host.moved(worker);
    }
  }
}
