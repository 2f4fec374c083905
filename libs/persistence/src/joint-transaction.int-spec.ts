import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDatabase, type TestDatabase, uniqueName } from '#libs/testing';
import { createDataSource } from './data-source.js';
import { migrate } from './migrate.js';
import { sampleOptions } from './sample-schema.int-fixture.js';
import { UnitOfWork } from './unit-of-work.js';

const POOL = 2;

describe('units of work that run together', () => {
  let database: TestDatabase;
  let source: DataSource;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    database = await createDatabase();
    await migrate(sampleOptions(database.url));
    source = await createDataSource(sampleOptions(database.url, { poolSize: POOL, statementTimeoutMs: 2_000 })).initialize();
    await source.query('create table sample.notes (text text unique)');
    unitOfWork = new UnitOfWork(source);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const note = (text: string) => unitOfWork.run((transaction) => transaction.query('insert into sample.notes values ($1)', [text]));
  const has = async (text: string): Promise<boolean> =>
    (await unitOfWork.read((manager) => manager.query<unknown[]>('select from sample.notes as n where n.text = $1', [text]))).length === 1;
  const nothing = () => Promise.resolve();

  it('are kept together, with what is written last', async () => {
    const [a, b, last] = [uniqueName('a'), uniqueName('b'), uniqueName('last')];
    const seen: boolean[] = [];
    const result = await unitOfWork.together(
      async () => {
        await note(a);
        seen.push(await has(a));
        await note(b);
        return 'result';
      },
      async (transaction, given) => {
        await transaction.query('insert into sample.notes values ($1)', [`${last}-${given}`]);
      },
    );
    expect([result, ...seen]).toEqual(['result', true]);
    expect(await Promise.all([a, b, `${last}-result`].map(has))).toEqual([true, true, true]);
  });

  it.each(['work', 'last'])('leave nothing when %s fails', async (where) => {
    const text = uniqueName('lost');
    const fail = () => Promise.reject(new Error('no'));
    const running = unitOfWork.together(() => note(text).then(where === 'work' ? fail : nothing), where === 'last' ? fail : nothing);
    await expect(running).rejects.toThrow('no');
    expect(await has(text)).toBe(false);
  });

  it('go on after one of them has failed, without what that one wrote', async () => {
    const [kept, half] = [uniqueName('kept'), uniqueName('half')];
    await unitOfWork.together(async () => {
      await note(kept);
      const failing = unitOfWork.run(async (transaction) => {
        await transaction.query('insert into sample.notes values ($1)', [half]);
        await transaction.query('insert into sample.notes values ($1)', [kept]);
      });
      await expect(failing).rejects.toThrow(/unique/);
      await note(`${kept}-2`);
    }, nothing);
    expect(await Promise.all([kept, `${kept}-2`, half].map(has))).toEqual([true, true, false]);
  });

  it('may be inside of each other, and at once', async () => {
    const name = uniqueName('n');
    await unitOfWork.together(async () => {
      await Promise.all([0, 1, 2].map((index) => unitOfWork.run(() => note(`${name}-${index}`))));
    }, nothing);
    expect(await Promise.all([0, 1, 2].map((index) => has(`${name}-${index}`)))).toEqual([true, true, true]);
  });

  it('hold a connection only once one of them has begun, and one for all', async () => {
    const calls = Array.from({ length: 5 * POOL }, (_, index) =>
      unitOfWork.together(async () => {
        await has('anything');
        await note(uniqueName(`n${index}`));
        return has('anything');
      }, nothing),
    );
    await Promise.all(calls);
  });

  it('run what must wait for the commit after it, and not at all without one', async () => {
    const told: string[] = [];
    const text = uniqueName('told');
    const work = async () => {
      await note(text);
      unitOfWork.afterCommit(() => told.push('after'));
      told.push('before');
    };
    await expect(unitOfWork.together(work, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(told).toEqual(['before']);
    await unitOfWork.together(work, nothing);
    expect(told).toEqual(['before', 'before', 'after']);
    unitOfWork.afterCommit(() => told.push('at once'));
    expect(told.at(-1)).toBe('at once');
  });

  it('do not take in what goes on in the background after the commit', async () => {
    const text = uniqueName('late');
    let late: Promise<unknown> | undefined;
    let goOn!: () => void;
    const committed = new Promise<void>((resolve) => (goOn = resolve));
    await unitOfWork.together(async () => {
      late = committed.then(() => note(text));
      await note(`${text}-first`);
    }, nothing);
    goOn();
    await late;
    expect(await has(text)).toBe(true);
  });

  it('leave nothing when their connection ends, and give no broken one to the next', async () => {
    const text = uniqueName('ended');
    const running = unitOfWork.together(async () => {
      await note(text);
      await unitOfWork.run((transaction) => transaction.query('select pg_terminate_backend(pg_backend_pid())'));
    }, nothing);
    await expect(running).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await has(text)).toBe(false);
    for (let time = 0; time < 2 * POOL; time++) await note(uniqueName('fine'));
  });
});
