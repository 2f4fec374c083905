import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDatabase, type TestDatabase, uniqueName } from '#libs/testing';
import { createDataSource } from './data-source.js';
import { EventStore, type StorableEvent } from './event-store.js';
import { migrate } from './migrate.js';
import { EVENTS, sampleOptions } from './sample-schema.int-fixture.js';
import { UnitOfWork } from './unit-of-work.js';

const OCCURRED_AT = '2026-11-20T10:00:00.123Z';

describe('event store', () => {
  let database: TestDatabase;
  let source: DataSource;
  let unitOfWork: UnitOfWork;
  const store = new EventStore<StorableEvent>(EVENTS);

  beforeAll(async () => {
    database = await createDatabase();
    await migrate(sampleOptions(database.url));
    source = createDataSource(sampleOptions(database.url));
    await source.initialize();
    unitOfWork = new UnitOfWork(source);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const append = (streamId: string, expectedVersion: number, ...types: string[]) =>
    unitOfWork.run((transaction) =>
      store.append(transaction, {
        streamId,
        expectedVersion,
        events: types.map((type) => ({ type, data: { type } })),
        actor: 'test',
        occurredAt: OCCURRED_AT,
      }),
    );

  it('gives back what was appended, numbered without gaps', async () => {
    const stream = uniqueName('s');
    await append(stream, 0, 'a', 'b');
    await append(stream, 2, 'c');
    const events = await unitOfWork.read((manager) => store.read(manager, stream));
    expect(events.map(({ type, version }) => `${version}:${type}`)).toEqual(['1:a', '2:b', '3:c']);
    expect(events[0]).toEqual({ streamId: stream, version: 1, type: 'a', data: { type: 'a' }, actor: 'test', occurredAt: OCCURRED_AT });
  });

  it('keeps the order of keys and every character of the data', async () => {
    const stream = uniqueName('s');
    const data = { zz: 1, a: { '10': 'x', b: 'ä€𝄞"\\' } };
    await unitOfWork.run((transaction) =>
      store.append(transaction, {
        streamId: stream,
        expectedVersion: 0,
        events: [{ type: 'a', data }],
        actor: 'test',
        occurredAt: OCCURRED_AT,
      }),
    );
    const [event] = await unitOfWork.read((manager) => store.read(manager, stream));
    expect(JSON.stringify(event!.data)).toBe(JSON.stringify(data));
  });

  it.each([1, 5])('refuses an append at version %i of a stream that is not there', async (expectedVersion) => {
    await expect(append(uniqueName('s'), expectedVersion, 'a')).rejects.toMatchObject({ code: 'CONCURRENT_CHANGE' });
  });

  it('refuses an append at a version that has passed, and writes none of it', async () => {
    const stream = uniqueName('s');
    await append(stream, 0, 'a');
    await expect(append(stream, 0, 'b', 'c')).rejects.toMatchObject({ code: 'CONCURRENT_CHANGE' });
    expect(await unitOfWork.read((manager) => store.read(manager, stream))).toHaveLength(1);
  });

  it('lets exactly one of many concurrent appends at the same version through', async () => {
    const stream = uniqueName('s');
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => append(stream, 0, `a${i}`, `b${i}`)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await unitOfWork.read((manager) => store.read(manager, stream))).toHaveLength(2);
  });

  it('does not let a version in beside its uncommitted predecessor', async () => {
    const stream = uniqueName('s');
    await unitOfWork.run(async (transaction) => {
      await store.append(transaction, {
        streamId: stream,
        expectedVersion: 0,
        events: [{ type: 'a', data: {} }],
        actor: 'test',
        occurredAt: OCCURRED_AT,
      });
      await expect(append(stream, 1, 'b')).rejects.toMatchObject({ code: 'CONCURRENT_CHANGE' });
    });
  });

  it('scans every stream in one piece, over the bounds of its batches', async () => {
    await source.query(`truncate ${EVENTS}`);
    const streams = Array.from({ length: 7 }, () => uniqueName('scan'));
    for (const stream of streams) await append(stream, 0, 'a', 'b', 'c');
    const seen: string[] = [];
    for await (const event of store.scan(source.manager, 4)) seen.push(`${event.streamId}#${event.version}`);
    expect(seen).toEqual([...streams].sort().flatMap((stream) => [1, 2, 3].map((version) => `${stream}#${version}`)));
  });
});
