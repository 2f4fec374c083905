import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '#libs/kernel';
import { createDataSource, migrate, migrateDown } from '#libs/persistence';
import { createDatabase, type TestDatabase } from '#libs/testing';
import { databaseOptions } from './database-options.js';

describe('the schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('is what the entities say', async () => {
    const options = databaseOptions(new Secret(database.url));
    await migrate(options);
    const source = await createDataSource(options).initialize();
    const drift = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    expect(drift.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('can be taken back, migration by migration, and made again', async () => {
    const options = databaseOptions(new Secret(database.url));
    await migrate(options);
    expect(await migrateDown(options, 'all')).toBe(options.migrations!.length);
    expect(await migrate(options)).toHaveLength(options.migrations!.length);
  });
});
