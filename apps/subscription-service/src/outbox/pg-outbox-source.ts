import type { OutboxSource } from '#libs/messaging';
import type { OutboxReader } from '#libs/persistence';

/** The table of the outbox as the relay of `#libs/messaging` wants to see it. */
export class PgOutboxSource implements OutboxSource {
  constructor(private readonly reader: OutboxReader) {}

  tryLead(): Promise<boolean> {
    return this.reader.tryLead();
  }

  async next(limit: number) {
    const pending = await this.reader.next(limit);
    return pending.map(({ id, topic, key, value, headers }) => ({ id, topic, record: { key, value, headers } }));
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.reader.remove(ids);
  }
}
