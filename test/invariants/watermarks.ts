import type { TestKafka } from '#libs/testing';
import type { TestSystem } from '../e2e/system.js';

/** A committed offset as it was read. */
export interface CommittedOffset {
  /** Group, topic and partition. */
  readonly of: string;
  readonly offset: number;
}

const EVERY_MS = 100;

/** Reads, again and again while a run lasts, how far the consumer groups have committed. */
export class Watermarks {
  /** In the order they were read; each only when it differs from the one before. */
  readonly read: CommittedOffset[] = [];
  private readonly last = new Map<string, number>();
  private closing = false;
  private readonly running: Promise<void>;

  constructor(
    private readonly kafka: TestKafka,
    private readonly groups: readonly { readonly group: string; readonly topic: string }[],
  ) {
    this.running = this.run();
  }

  /** Of the groups that every run has to do with. */
  static of(system: TestSystem, kafka: TestKafka): Watermarks {
    const group = (name: string): string => `${system.prefix}.${name}`;
    return new Watermarks(kafka, [
      { group: group('delivery-service'), topic: system.topic('deliveries') },
      { group: group('delivery-scheduler'), topic: system.topic('retries') },
      { group: group('event-router'), topic: 'orders' },
      { group: group('event-router'), topic: 'tickets' },
    ]);
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.closing) {
      for (const { group, topic } of this.groups) await this.readOne(group, topic);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  private async readOne(group: string, topic: string): Promise<void> {
    // While the broker is away or moves the group, there is nothing to read.
    const committed = await this.kafka.committed(group, topic).catch(() => []);
    for (const { partition, offset } of committed) {
      const of = `${group} ${topic}-${partition}`;
      if (this.last.get(of) === offset) continue;
      this.last.set(of, offset);
      this.read.push({ of, offset });
    }
  }
}
