import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AppError, Secret } from '#libs/kernel';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { createDatabase, type TestDatabase, uniqueName } from '#libs/testing';
import type { Principal } from '../auth/index.js';
import { databaseOptions } from '../database-options.js';
import { Idempotency } from './idempotency.js';
import { IdempotencyPgStore } from './idempotency.pg-store.js';
import { IdempotencySweeper } from './idempotency-sweeper.js';
import { newRepeatableId } from './idempotent-call.js';

Logger.overrideLogger(false);

const CALLER: Principal = { accountId: 'default', actor: 'admin', keyId: null, scopes: new Set(['admin']) };
const OTHER: Principal = { ...CALLER, accountId: 'other' };
const SECRET = 'canary-secret-0123456789';

describe('a call with an idempotency key', () => {
  let database: TestDatabase;
  let source: ReturnType<typeof createDataSource>;
  let unitOfWork: UnitOfWork;
  const sealer = new Sealer(parseMasterKeys(`k1:${randomBytes(32).toString('base64')}`));
  /** One per instance of the service; they share the database only. */
  const anInstance = (leaseSeconds = 30, rememberSeconds = 60) =>
    new Idempotency(new IdempotencyPgStore(unitOfWork, { leaseSeconds, rememberSeconds }), unitOfWork, sealer);
  const aRequest = (key = uniqueName('key'), fingerprint = '{}') => ({ key, operation: 'POST /v1/things', fingerprint });

  const insert = (name: string) =>
    unitOfWork.run((transaction) => transaction.query('insert into subscription.things values ($1)', [name]));
  const things = async (name: string): Promise<number> => {
    const sql = 'select count(*)::int as count from subscription.things as t where t.name = $1';
    return (await unitOfWork.read((manager) => manager.query<{ count: number }[]>(sql, [name])))[0]!.count;
  };
  const create = (name: string) => async () => {
    await insert(name);
    return { id: newRepeatableId('evt', 1), secret: SECRET };
  };

  beforeAll(async () => {
    database = await createDatabase();
    const options = databaseOptions(new Secret(database.url));
    await migrate(options);
    source = await createDataSource(options).initialize();
    await source.query('create table subscription.things (name text)');
    unitOfWork = new UnitOfWork(source);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('runs once, on whichever instance it is repeated', async () => {
    const request = aRequest();
    const first = await anInstance().once(CALLER, request, create('once'));
    const again = await anInstance().once(CALLER, request, create('once'));
    expect(first.replayed).toBe(false);
    expect(again).toEqual({ answer: first.answer, replayed: true });
    expect(await things('once')).toBe(1);
  });

  it('is another call in another account', async () => {
    const request = aRequest();
    await anInstance().once(CALLER, request, create('mine'));
    expect(await anInstance().once(OTHER, request, create('mine'))).toMatchObject({ replayed: false });
  });

  it('rests as ciphertext only', async () => {
    const request = aRequest(undefined, SECRET);
    await anInstance().once(CALLER, request, create('sealed'));
    const rows = await source.query('select k.* from subscription.idempotency_keys as k where k.key = $1', [request.key]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(SECRET);
  });

  it.each([
    ['another body', { fingerprint: '{"a":1}' }],
    ['another operation', { operation: 'POST /v1/others' }],
  ])('is refused when its key comes with %s', async (_case, other) => {
    const request = aRequest();
    await anInstance().once(CALLER, request, create('conflict'));
    await expect(anInstance().once(CALLER, { ...request, ...other }, create('conflict'))).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
  });

  it.each(['', 'ä', 'x'.repeat(256), 'a\nb'])('is refused with the key %j', async (key) => {
    await expect(anInstance().once(CALLER, aRequest(key), create('no'))).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [{ field: 'idempotency-key' }],
    });
  });

  it('runs once when it is sent ten times at once', async () => {
    const request = aRequest();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => anInstance().once(CALLER, request, create('race'))));
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as AppError).code] : []));
    expect(new Set(refusals).size).toBeLessThanOrEqual(1);
    for (const code of refusals) expect(code).toBe('IDEMPOTENCY_IN_PROGRESS');
    expect(await things('race')).toBe(1);
  });

  it('remembers a lasting refusal, of which nothing is kept, and tells it again', async () => {
    const request = aRequest();
    const refuse = async () => {
      await insert('refused');
      throw new AppError('VALIDATION_FAILED', '1 field is invalid', { fields: [{ field: 'name', rule: 'unique', message: 'taken' }] });
    };
    const refusal = { code: 'VALIDATION_FAILED', message: '1 field is invalid', fields: [{ field: 'name' }] };
    await expect(anInstance().once(CALLER, request, refuse)).rejects.toMatchObject(refusal);
    await expect(anInstance().once(CALLER, request, create('refused'))).rejects.toMatchObject(refusal);
    expect(await things('refused')).toBe(0);
  });

  it('may be repeated at once after a failure that is not its own fault', async () => {
    const request = aRequest();
    const fail = () => Promise.reject(new AppError('DATABASE_UNAVAILABLE', 'away'));
    await expect(anInstance().once(CALLER, request, fail)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await anInstance().once(CALLER, request, create('later'))).toMatchObject({ replayed: false });
  });

  it('has not happened when the connection is lost before the commit, and happens once when it is repeated', async () => {
    const request = aRequest();
    const dying = async () => {
      await insert('crash');
      await unitOfWork.run((transaction) => transaction.query('select pg_terminate_backend(pg_backend_pid())'));
      return {};
    };
    await expect(anInstance().once(CALLER, request, dying)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await things('crash')).toBe(0);
    await anInstance().once(CALLER, request, create('crash'));
    expect(await things('crash')).toBe(1);
  });

  it('is taken over from a holder that does not end, which then changes nothing; both tries make the same ids', async () => {
    const request = aRequest();
    let goOn!: () => void;
    const frozen = new Promise<void>((resolve) => (goOn = resolve));
    let begin!: () => void;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const ids: string[] = [];
    const slow = anInstance().once(CALLER, request, async () => {
      ids.push(newRepeatableId('evt', 1), newRepeatableId('evt', 1));
      await insert('frozen');
      begin();
      await frozen;
      return { by: 'first' };
    });
    const late = expect(slow).rejects.toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
    await begun;
    const again = () =>
      anInstance().once(CALLER, request, async () => {
        ids.push(newRepeatableId('evt', 2), newRepeatableId('evt', 2));
        await insert('frozen');
        return { by: 'second' };
      });
    await expect(again()).rejects.toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
    await source.query('update subscription.idempotency_keys set lease_until = now() where key = $1', [request.key]); // half a minute later
    expect(await again()).toMatchObject({ answer: { by: 'second' }, replayed: false });
    goOn();
    await late;
    expect(await things('frozen')).toBe(1);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
    expect(new Set(ids).size).toBe(2);
  });

  it('is forgotten after its time, and its row is swept away', async () => {
    const request = aRequest();
    await anInstance(30, 0).once(CALLER, request, create('short'));
    expect(await anInstance(30, 0).once(CALLER, request, create('short'))).toMatchObject({ replayed: false });
    const store = new IdempotencyPgStore(unitOfWork, { leaseSeconds: 30, rememberSeconds: 0 });
    expect(await new IdempotencySweeper(store).sweep()).toBeGreaterThan(0);
    expect(await source.query('select from subscription.idempotency_keys as k where k.key = $1', [request.key])).toHaveLength(0);
  });
});
