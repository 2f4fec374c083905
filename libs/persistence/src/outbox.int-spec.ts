import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { closeAfterTest, closesResources, createDatabase, eventually, type TestDatabase, uniqueName } from '#libs/testing';
import { createDataSource } from './data-source.js';
import { EventStore, type StorableEvent } from './event-store.js';
import { migrate } from './migrate.js';
import { Outbox, type OutboxRecord } from './outbox.js';
import { OutboxReader } from './outbox-reader.js';
import { EVENTS, OUTBOX, sampleOptions } from './sample-schema.int-fixture.js';
import { UnitOfWork } from './unit-of-work.js';

closesResources();

const text = (value: Buffer | null): string => value!.toString('utf8');

describe('outbox', () => {
  let database: TestDatabase;
  let source: DataSource;
  let unitOfWork: UnitOfWork;
  const events = new EventStore<StorableEvent>(EVENTS);
  const outbox = new Outbox(OUTBOX);

  beforeAll(async () => {
    database = await createDatabase();
    await migrate(sampleOptions(database.url));
    source = createDataSource(sampleOptions(database.url, { poolSize: 20 }));
    await source.initialize();
    unitOfWork = new UnitOfWork(source);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });
  beforeEach(() => source.query(`truncate ${OUTBOX}`));

  function reader(): OutboxReader {
    const made = new OutboxReader({ url: database.url, table: OUTBOX, applicationName: uniqueName('reader') });
    closeAfterTest(() => made.close());
    return made;
  }

  async function leader(): Promise<OutboxReader> {
    const made = reader();
    expect(await made.tryLead()).toBe(true);
    return made;
  }

  /** A session of its own that has drawn a transaction id; what it writes comes later. */
  async function openTransaction(): Promise<{ manager: EntityManager; commit: () => Promise<void> }> {
    const runner = source.createQueryRunner();
    await runner.startTransaction();
    closeAfterTest(async () => {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    });
    await runner.query('select pg_current_xact_id()');
    return { manager: runner.manager, commit: () => runner.commitTransaction() };
  }

  async function write(manager: EntityManager, streamId: string, version: number): Promise<void> {
    const occurredAt = new Date().toISOString();
    await events.append(manager, { streamId, expectedVersion: version - 1, events: [{ type: 'a', data: {} }], actor: 'test', occurredAt });
    await outbox.add(manager, [
      { topic: 't', key: streamId, value: Buffer.from(`${streamId}#${version}`), headers: { v: String(version) } },
    ]);
  }

  it('hands out records as they were added and forgets them when told', async () => {
    const added: OutboxRecord[] = [
      { topic: 't', key: 'k1', value: Buffer.from([0, 255, 10]), headers: { b: '1', a: 'ä' } },
      { topic: 'u', key: 'k1', value: null, headers: {} },
    ];
    await unitOfWork.run((transaction) => outbox.add(transaction, added));
    const lead = await leader();
    const pending = await lead.next(10);
    expect(pending.map(({ id: _, ...record }) => record)).toEqual(added);
    await lead.remove([pending[0]!.id]);
    expect((await lead.next(10)).map((record) => record.topic)).toEqual(['u']);
  });

  it('hands out nothing of a transaction that is rolled back', async () => {
    await unitOfWork
      .run(async (transaction) => {
        await write(transaction, uniqueName('s'), 1);
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await (await leader()).next(10)).toEqual([]);
  });

  it('hands out versions in order although the later one has the lower transaction id, and waits for no bystander', async () => {
    const stream = uniqueName('s');
    const early = await openTransaction(); // lowest transaction id, writes version 2
    await openTransaction(); // stays open
    await unitOfWork.run((transaction) => write(transaction, stream, 1)); // highest transaction id
    await write(early.manager, stream, 2);
    await early.commit();

    const pending = await (await leader()).next(10);
    expect(pending.map((record) => text(record.value))).toEqual([`${stream}#1`, `${stream}#2`]);
  });

  it('loses nothing and keeps each stream in order while many transactions commit out of order', async () => {
    const streams = Array.from({ length: 12 }, () => uniqueName('s'));
    const versionsEach = 25;
    let writing = true;
    const writeAll = async (stream: string): Promise<void> => {
      for (let version = 1; version <= versionsEach; version++) {
        await unitOfWork.run(async (transaction) => {
          // Half of the transactions draw their id first and write a while later, so ids and commits are out of step.
          if (Math.random() < 0.5) await transaction.query('select pg_current_xact_id(), pg_sleep($1)', [Math.random() * 0.02]);
          await write(transaction, stream, version);
          if (Math.random() < 0.5) await transaction.query('select pg_sleep($1)', [Math.random() * 0.02]);
        });
      }
    };
    const lead = await leader();
    const published: string[] = [];
    const relay = async (): Promise<void> => {
      for (;;) {
        const last = !writing;
        const batch = await lead.next(7);
        if (last && batch.length === 0) return;
        published.push(...batch.map((record) => text(record.value)));
        await lead.remove(batch.map((record) => record.id));
      }
    };
    const relaying = relay();
    await Promise.all(streams.map(writeAll)).finally(() => (writing = false));
    await relaying;

    expect(published).toHaveLength(streams.length * versionsEach);
    for (const stream of streams) {
      const versions = published.filter((record) => record.startsWith(`${stream}#`)).map((record) => Number(record.split('#')[1]));
      expect(versions).toEqual(Array.from({ length: versionsEach }, (_, i) => i + 1));
    }
  });

  it('has one leader at a time, and another when the first one closes', async () => {
    const [first, second] = [await leader(), reader()];
    expect(await second.tryLead()).toBe(false);
    await expect(second.next(10)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await first.close();
    expect(await eventually(() => second.tryLead())).toBe(true);
  });

  it('loses the lead with its connection and can take it again', async () => {
    const lead = await leader();
    const admin = new Client({ connectionString: database.url });
    await admin.connect();
    closeAfterTest(() => admin.end());
    await admin.query(
      `select pg_terminate_backend(l.pid) from pg_locks as l where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())`,
    );
    await eventually(() =>
      lead.next(10).then(
        () => false,
        () => true,
      ),
    );
    expect(await eventually(() => lead.tryLead())).toBe(true);
    expect(await lead.next(10)).toEqual([]);
  });
});
