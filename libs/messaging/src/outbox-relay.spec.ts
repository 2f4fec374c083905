import { describe, expect, it } from '@jest/globals';
import { AppError } from '#libs/kernel';
import { eventually } from '#libs/testing';
import { InMemoryPublisher } from './in-memory-publisher.js';
import { OutboxRelay, type OutboxEntry, type OutboxSource } from './outbox-relay.js';
import { aRecord, textOf } from './testing-support/a-record.js';

class MemoryOutbox implements OutboxSource {
  leads = true;
  entries: OutboxEntry[] = [];

  put(...values: string[]): void {
    for (const value of values) this.entries.push({ id: value, topic: 'webhooks', record: aRecord(value[0]!, value) });
  }

  tryLead(): Promise<boolean> {
    return Promise.resolve(this.leads);
  }

  next(limit: number): Promise<OutboxEntry[]> {
    return Promise.resolve(this.entries.slice(0, limit));
  }

  remove(ids: readonly string[]): Promise<void> {
    this.entries = this.entries.filter(({ id }) => !ids.includes(id));
    return Promise.resolve();
  }
}

async function relaying(
  work: (outbox: MemoryOutbox, publisher: InMemoryPublisher, relay: OutboxRelay) => Promise<void>,
  pollMs = 5,
): Promise<string[]> {
  const [outbox, publisher] = [new MemoryOutbox(), new InMemoryPublisher(100)];
  const relay = new OutboxRelay(outbox, publisher, { pollMs, batch: 3 });
  relay.start();
  try {
    await work(outbox, publisher, relay);
  } finally {
    await relay.stop();
  }
  return publisher.on('webhooks').map((record) => textOf({ value: record.value }));
}

describe('OutboxRelay', () => {
  it('publishes in order and removes what is acknowledged', async () => {
    const published = await relaying(async (outbox) => {
      outbox.put('a1', 'a2', 'b1', 'a3', 'b2', 'c1', 'a4');
      await eventually(() => outbox.entries.length === 0);
    });
    expect(published).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'c1', 'a4']);
  });

  it('keeps everything while the broker is away and goes on when it is back', async () => {
    const published = await relaying(async (outbox, publisher, relay) => {
      publisher.unavailable();
      outbox.put('a1', 'a2');
      await eventually(() => !relay.health().ready);
      expect(outbox.entries).toHaveLength(2);
      expect(relay.health().live).toBe(true);
      publisher.unavailable(false);
      await eventually(() => outbox.entries.length === 0 && relay.health().ready);
    });
    expect(published).toEqual(['a1', 'a2']);
  });

  it('relays nothing while another process leads', async () => {
    const published = await relaying(async (outbox) => {
      let asked = 0;
      outbox.tryLead = () => (asked++, Promise.resolve(outbox.leads));
      outbox.leads = false;
      await eventually(() => asked > 1);
      outbox.put('a1');
      await eventually(() => asked > 4);
      expect(outbox.entries).toHaveLength(1);
      outbox.leads = true;
      await eventually(() => outbox.entries.length === 0);
    });
    expect(published).toEqual(['a1']);
  });

  it('does not wait for the next poll when it is woken', async () => {
    await relaying(async (outbox, _publisher, relay) => {
      await eventually(() => relay.health().ready);
      outbox.put('a1');
      relay.wake();
      await eventually(() => outbox.entries.length === 0);
    }, 3_600_000);
  });

  it('is not held up for ever by an entry that no broker will take', async () => {
    const published = await relaying(async (outbox) => {
      outbox.put('a1', 'x'.repeat(101), 'a2');
      await eventually(() => outbox.entries.length === 0);
    });
    expect(published).toEqual(['a1', 'a2']);
  });

  it('goes on after its source failed', async () => {
    await relaying(async (outbox) => {
      const { next } = outbox;
      outbox.next = () => {
        outbox.next = next;
        return Promise.reject(new AppError('BROKER_UNAVAILABLE', 'the database is away'));
      };
      outbox.put('a1');
      await eventually(() => outbox.entries.length === 0);
    });
  });
});
