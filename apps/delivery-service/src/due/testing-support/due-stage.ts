import type { DomainEvent, RetryScheduledV1, WebhookStateV1 } from '#libs/contracts';
import { decodeDeliveryRequested, decodeOutcome, type DeliveryRequestedV1 } from '#libs/contracts';
import { Secret, SystemClock } from '#libs/kernel';
import { InMemoryPublisher, type Publisher } from '#libs/messaging';
import type { Transaction } from '#libs/persistence';
import { aDeliveryRequest, closeAfterTest, createDatabase, eventually } from '#libs/testing';
import { DueParts } from '../due-parts.js';
import type { PaceLimits } from '../due-pace.js';

export const HOUR_MS = 3_600_000;

/** A retry of a delivery that has failed once; due long ago unless said otherwise. */
export function aRetry(
  changes: Partial<Omit<RetryScheduledV1, 'delivery'>> & {
    readonly delivery?: Partial<DeliveryRequestedV1>;
    readonly event?: DomainEvent;
  } = {},
): RetryScheduledV1 {
  const { delivery, event, ...rest } = changes;
  return {
    dueAt: inMs(-1000),
    cause: 'failed',
    ...rest,
    delivery: aDeliveryRequest({
      attempt: 2,
      wait: 1,
      trigger: 'retry',
      past: { firstAttemptAt: '2026-11-20T10:00:01.000Z', lastStatusCode: 503, lastErrorClass: 'http_5xx' },
      ...(event ? { event } : {}),
      ...delivery,
    }),
  };
}

export const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

export interface StageOptions {
  readonly url?: string;
  readonly publisher?: Publisher;
  readonly pace?: PaceLimits;
  readonly webhooks?: ReadonlyMap<string, WebhookStateV1>;
}

/** The due table on a database of its own; what it publishes is kept in a list. */
export class DueStage {
  readonly published = new InMemoryPublisher();
  readonly parts: DueParts;

  private constructor(
    readonly url: string,
    options: StageOptions,
  ) {
    this.parts = new DueParts({
      databaseUrl: new Secret(url),
      topics: { deliveries: 'deliveries', outcomes: 'outcomes' },
      pace: options.pace ?? { perSecond: 100_000, perWebhook: 100_000 },
      publisher: options.publisher ?? this.published,
      webhooks: {
        findSoon: async (id) => {
          const state = options.webhooks?.get(id);
          return state && { state };
        },
      },
      clock: new SystemClock(),
      log: () => undefined,
    });
  }

  /** Connected and migrated; nothing runs in the background. Closed after the test. */
  static async open(options: StageOptions = {}): Promise<DueStage> {
    let url = options.url;
    if (!url) {
      const database = await createDatabase();
      closeAfterTest(() => database.drop());
      url = database.url;
    }
    const stage = new DueStage(url, options);
    closeAfterTest(() => stage.close());
    stage.parts.database.open();
    await eventually(() => stage.parts.database.fault === undefined);
    return stage;
  }

  async close(): Promise<void> {
    const { work, loop, cleaner, database } = this.parts;
    work.stop();
    await Promise.all([loop.stop(), cleaner.stop()]);
    await database.close();
  }

  query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.parts.database.read((transaction: Transaction) => transaction.query<T[]>(sql, parameters));
  }

  /** Ids of what waits. */
  async waiting(): Promise<string[]> {
    return (await this.query<{ id: string }>('select delivery_id as id from delivery.due order by 1')).map(({ id }) => id);
  }

  async storedEvents(): Promise<number> {
    return (await this.query<{ n: number }>('select count(*)::integer as n from delivery.events'))[0]!.n;
  }

  requested = () => this.published.on('deliveries').map((record) => decodeDeliveryRequested(record));
  outcomes = () => this.published.on('outcomes').map((record) => decodeOutcome(record));
}
