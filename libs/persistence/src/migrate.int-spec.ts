import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from '#libs/testing';
import { createDataSource } from './data-source.js';
import { migrate, migrateDown } from './migrate.js';
import { sampleOptions } from './sample-schema.int-fixture.js';

describe('migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('run once when several processes start at the same time', async () => {
    const ran = await Promise.all(Array.from({ length: 5 }, () => migrate(sampleOptions(database.url))));
    expect(ran.flat().sort()).toEqual(['CreateEvents1700000000001', 'CreateOutbox1700000000002']);
  });

  it('can be taken back and run again', async () => {
    await migrate(sampleOptions(database.url));
    expect(await migrateDown(sampleOptions(database.url), 'all')).toBe(2);
    expect(await migrate(sampleOptions(database.url))).toHaveLength(2);
  });

  it('report a database that is not there as unavailable, within seconds', async () => {
    await expect(migrate(sampleOptions('postgres://postgres@127.0.0.1:1/none'))).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it('leave statements of the service with a time limit', async () => {
    const source = createDataSource(sampleOptions(database.url, { statementTimeoutMs: 100 }));
    await source.initialize();
    try {
      await expect(source.query('select pg_sleep(10)')).rejects.toMatchObject({ driverError: { code: '57014' } });
    } finally {
      await source.destroy();
    }
  });
});
