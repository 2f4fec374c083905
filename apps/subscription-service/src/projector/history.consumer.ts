import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { ReceivedRecord } from '#libs/contracts';
import type { KafkaConsumerStrategy } from '#libs/messaging';
import type { HealthRegistry } from '#libs/runtime';
import { GatheredRecords } from './gathered-records.js';
import { HISTORY_TOPICS, type HistoryRecord } from './history-record.js';
import type { HistoryStore } from './history.store.js';
import type { Projection, ProjectionState } from './projection.js';
import { batchStored } from './projector.metrics.js';

const BATCH = { records: 1_500, bytes: 4 * 1024 * 1024, atOnce: 2, pauseMs: 100, few: 200 };
const LOOK_MS = 500;

/**
 * Reads the topics that the history is made of for as long as the process runs. While a rebuild sets the group back it is no
 * member of it, and what it had read before is not stored any more.
 */
export class HistoryConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(HistoryConsumer.name);
  private strategy: KafkaConsumerStrategy | undefined;
  private generation = 0;
  private stopping = false;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: HistoryStore,
    private readonly projection: Projection,
    /** A consumer that is not started. */
    private readonly join: () => KafkaConsumerStrategy,
    health: HealthRegistry,
  ) {
    health.register('history', () => this.strategy?.health() ?? { ready: false, live: true, detail: 'waits for a rebuild' });
  }

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  // Before the database is closed.
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.looking;
    await this.strategy?.close();
  }

  private schedule(inMs: number): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.looking = this.look();
    }, inMs).unref();
  }

  private async look(): Promise<void> {
    try {
      await this.follow(await this.projection.state());
    } catch (err) {
      // Without the database what was read waits; nothing is lost by being a member meanwhile.
      this.logger.debug({ err }, 'projection.not-read');
    }
    this.schedule(LOOK_MS);
  }

  private async follow({ generation, resetting }: ProjectionState): Promise<void> {
    if (this.strategy && (resetting || generation !== this.generation)) {
      this.logger.log({ generation: this.generation }, 'history.left');
      const left = this.strategy;
      this.strategy = undefined;
      await left.close();
    }
    if (this.strategy || resetting || this.stopping) return;
    this.generation = generation;
    this.strategy = this.started(generation);
    this.logger.log({ generation }, 'history.joined');
  }

  private started(generation: number): KafkaConsumerStrategy {
    const strategy = this.join();
    const gathered = new GatheredRecords((records) => this.storeBatch(records, generation), {
      ...BATCH,
      failed: (err) => this.logger.warn({ err }, 'history.not-stored'),
    });
    for (const topic of HISTORY_TOPICS) {
      const handle = (records: readonly ReceivedRecord[]) => records.map((record) => gathered.add(topic, record));
      // Nest's type knows messages only; the strategy hands over batches.
      strategy.addHandler(topic, handle as unknown as () => Promise<unknown>, true);
    }
    strategy.listen((error) => {
      if (error) throw error as Error;
    });
    return strategy;
  }

  private async storeBatch(records: readonly HistoryRecord[], generation: number): Promise<void> {
    const startedAt = Date.now();
    await this.store.store(records, generation);
    const counts = new Map<string, number>();
    let oldest = Infinity;
    for (const { kind, publishedAt } of records) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      oldest = Math.min(oldest, publishedAt);
    }
    batchStored(counts, oldest, startedAt, Date.now());
  }
}
