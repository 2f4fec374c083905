import type { ReceivedRecord } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import { type KafkaConnection, readTail } from '#libs/messaging';
import { DomainEvents, type ReadPosition } from './domain-events.js';
import './redelivery.errors.js';

/** Leaves a read before its end. */
class Enough extends Error {}

export class KafkaDomainEvents extends DomainEvents {
  constructor(private readonly connection: KafkaConnection) {
    super();
  }

  override async partitionsOf(topic: string): Promise<number> {
    const request = { topic, partition: 0, sinceMs: 0, limit: 0 };
    return (await this.answered(() => readTail(this.connection, request, () => undefined))).partitions;
  }

  override async read({ afterOffset, ...from }: ReadPosition, take: (record: ReceivedRecord) => boolean): Promise<boolean> {
    const after = afterOffset === undefined ? -1 : Number(afterOffset);
    try {
      await this.answered(() =>
        readTail(this.connection, { ...from, limit: Number.POSITIVE_INFINITY }, (record) => {
          if (Number(record.offset) > after && !take(record)) throw new Enough();
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Enough) return false;
      throw error;
    }
  }

  private async answered<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      if (cause instanceof Enough || cause instanceof AppError) throw cause;
      throw new AppError('SENDING_UNAVAILABLE', 'Kafka does not answer', { cause, retryAfterSeconds: 2 });
    }
  }
}
