import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDatabase, eventually, type TestDatabase } from '#libs/testing';
import { createDataSource } from './data-source.js';
import { migrate } from './migrate.js';
import { sampleOptions } from './sample-schema.int-fixture.js';
import { UnitOfWork } from './unit-of-work.js';

describe('unit of work', () => {
  let database: TestDatabase;
  let source: DataSource;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    database = await createDatabase();
    await migrate(sampleOptions(database.url));
    // One connection: whoever comes next gets the one that was used before.
    source = createDataSource(sampleOptions(database.url, { poolSize: 1, statementTimeoutMs: 100 }));
    await source.initialize();
    await source.query('create table sample.notes (text text)');
    unitOfWork = new UnitOfWork(source);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const note = (text: string) => unitOfWork.run((transaction) => transaction.query('insert into sample.notes values ($1)', [text]));
  const notes = async (): Promise<string[]> =>
    (await unitOfWork.read((manager) => manager.query<{ text: string }[]>('select n.text from sample.notes as n'))).map((row) => row.text);

  it('keeps nothing of work that fails, and gives its connection back', async () => {
    const failing = unitOfWork.run(async (transaction) => {
      await transaction.query(`insert into sample.notes values ('half')`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await note('after');
    expect(await notes()).not.toContain('half');
  });

  it('never lets a later unit commit what one left behind that no longer waits for the server', async () => {
    const abandoned = unitOfWork.run(async (transaction) => {
      await transaction.query('set local statement_timeout = 0');
      await transaction.query(`with slow as (select pg_sleep(2)) insert into sample.notes select 'orphan' from slow`);
    });
    await expect(abandoned).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    const observer = new Client({ connectionString: database.url });
    await observer.connect();
    // Until the server is through with the statement, or has noticed that nobody waits for it.
    await eventually(
      async () =>
        (await observer.query(`select from pg_stat_activity as a where a.query like 'with slow%' and a.state = 'active'`)).rowCount === 0,
    );
    await observer.end();
    await note('next');
    expect(await notes()).toContain('next');
    expect(await notes()).not.toContain('orphan');
  });

  it('calls a connection that the server ended DATABASE_UNAVAILABLE, and the next unit works', async () => {
    const ended = unitOfWork.run((transaction) => transaction.query('select pg_terminate_backend(pg_backend_pid())'));
    await expect(ended).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await note('again');
    expect(await notes()).toContain('again');
  });
});
