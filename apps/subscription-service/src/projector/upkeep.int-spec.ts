import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeDeadLetter, type ReceivedRecord } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { eventually, closesResources } from '#libs/testing';
import { ExpungePgStore } from './expunge/expunge.pg-store.js';
import { aDeliveryHistory, someHistories } from './testing-support/a-history.js';
import { ProjectorStage } from './testing-support/projector-stage.js';

closesResources();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('the history', () => {
  let stage: ProjectorStage;
  beforeEach(async () => {
    stage = await ProjectorStage.open();
  }, 60_000);
  afterEach(() => stage.close(), 60_000);

  const count = async (table: string): Promise<number> =>
    (await stage.rows<{ count: number }>(`select count(*)::int as count from history.${table}`))[0]!.count;

  it('is the same after a rebuild, made while the projector runs and from tables that were dropped', async () => {
    const histories = someHistories(400, [newId('wh'), newId('wh')], Date.now() - HOUR_MS);
    await stage.publish(histories.flatMap(({ records }) => records));
    await stage.start();
    await stage.caughtUp();
    const before = await stage.contents();
    await stage.rows('drop table history.attempts, history.projection, history.stat_buckets');
    await stage.command('../rebuild-history.ts');
    await eventually(async () => (await count('attempts')) === before['attempts']!.length, { timeoutMs: 60_000 });
    await stage.caughtUp();
    expect(await stage.contents()).toEqual(before);
    expect(await stage.kafka.end(`${stage.prefix}.dead-letters`)).toBe(0);
    expect(await count('attempts_other')).toBe(0);
  }, 120_000);

  it('forgets an event for good, and of another account nothing', async () => {
    const [kept, expunged] = [newId('evt'), newId('evt')];
    const webhookId = newId('wh');
    const at = Date.now() - HOUR_MS;
    const course = { codes: [500, 200], result: 'succeeded' } as const;
    const gone = aDeliveryHistory(course, { webhookId, eventId: expunged, at });
    const others = [
      aDeliveryHistory(course, { webhookId, eventId: kept, at }),
      aDeliveryHistory(course, { webhookId: newId('wh'), accountId: 'other', eventId: expunged, at }),
    ];
    await stage.publish([gone, ...others].flatMap(({ records }) => records));
    await stage.start();
    await stage.caughtUp();
    await stage.command('../expunge-history.ts', ['--account', 'default', '--event', expunged]);
    // As after a rebuild, or when a consumer reads again what it had not committed.
    await stage.publish(gone.records);
    await stage.caughtUp();
    const rows = await stage.rows('select account_id, event_id from history.deliveries order by 1');
    expect(rows).toEqual([
      { account_id: 'default', event_id: kept },
      { account_id: 'other', event_id: expunged },
    ]);
    expect([await count('attempts'), await count('bodies'), await count('events')]).toEqual([4, 2, 2]);
  });

  it('forgets a webhook and leaves what its events were to others', async () => {
    const [gone, kept] = [newId('wh'), newId('wh')];
    const eventId = newId('evt');
    const at = Date.now() - HOUR_MS;
    const course = { codes: [200], result: 'succeeded' } as const;
    await stage.publish([gone, kept].flatMap((webhookId) => aDeliveryHistory(course, { webhookId, eventId, at }).records));
    await stage.start();
    await stage.caughtUp();
    await stage.command('../expunge-history.ts', ['--account', 'default', '--webhook', gone]);
    expect(await stage.rows('select distinct webhook_id from history.attempts')).toEqual([{ webhook_id: kept }]);
    expect(await stage.rows('select webhook_id from history.webhook_activity')).toEqual([{ webhook_id: kept }]);
    expect([await count('bodies'), await count('events')]).toEqual([1, 1]);
  });

  it('ends an expunge that was broken off, with all who keep something beside it', async () => {
    const [gone, kept] = [newId('wh'), newId('wh')];
    const at = Date.now() - HOUR_MS;
    const of = (webhookId: string) => aDeliveryHistory({ codes: [200], result: 'succeeded' }, { webhookId, at });
    const histories = [...Array.from({ length: 1_200 }, () => of(gone)), of(kept)];
    await stage.publish(histories.flatMap(({ records }) => records));
    const letter = encodeDeadLetter(
      { ...histories[0]!.records[0]!.record, topic: 'deliveries', partition: 0, offset: '0', timestamp: at } as ReceivedRecord,
      'JSON_INVALID',
    );
    await stage.kafka.produce(`${stage.prefix}.dead-letters`, [letter as never]);
    const { kill } = await stage.start();
    await stage.caughtUp();
    await eventually(async () => (await stage.rows('select from operations.dead_letters')).length === 1, { timeoutMs: 30_000 });
    await stage.rows(`insert into notifications.unsubscriptions values ('default', $1, 'a@example.com', now())`, [gone]);
    await kill();
    await stage.withUnitOfWork(async (unitOfWork) => {
      const store = new ExpungePgStore(unitOfWork);
      const broken = await store.takeOut(await store.begin({ kind: 'webhook', accountId: 'default', webhookId: gone }), 0);
      expect(broken).toMatchObject({ attempts: 1_000, complete: false });
    });
    expect(await count('attempts')).toBe(201);
    await stage.start();
    await eventually(async () => (await stage.rows('select from history.expunged where finished_at is not null')).length === 1, {
      timeoutMs: 30_000,
    });
    expect(await stage.rows('select webhook_id from history.attempts')).toEqual([{ webhook_id: kept }]);
    expect([await count('deliveries'), await count('bodies'), await count('events')]).toEqual([1, 1, 1]);
    expect(await stage.rows('select from operations.dead_letters')).toEqual([]);
    expect(await stage.rows('select from notifications.unsubscriptions')).toEqual([]);
  }, 120_000);

  it('drops whole days by age, and makes days ahead', async () => {
    const webhookId = newId('wh');
    const course = { codes: [200], result: 'succeeded' } as const;
    const today = aDeliveryHistory(course, { webhookId, at: Date.now() - 1_000 });
    const old = aDeliveryHistory(course, { webhookId, at: Date.now() - 3 * DAY_MS });
    const future = aDeliveryHistory({ codes: [], result: null }, { webhookId, at: Date.now() + 6 * DAY_MS });
    await stage.publish([today, old, future].flatMap(({ records }) => records));
    const { kill } = await stage.start({ HISTORY_RETENTION_DAYS: '7' });
    await stage.caughtUp();
    expect(await count('attempts')).toBe(2);
    await kill();
    await stage.start({ HISTORY_RETENTION_DAYS: '2' });
    expect(await stage.rows('select id from history.attempts')).toEqual([{ id: today.attempts[0]!.id }]);
    const days = await stage.rows(`select c.relname from pg_inherits as i join pg_class as c on c.oid = i.inhrelid
                                    where i.inhparent = 'history.attempts'::regclass and c.relname <> 'attempts_other'`);
    expect(days).toHaveLength(2 + 1 + 3);
    // Of an event that claims to be of the future: it waits elsewhere for its day.
    expect(await stage.rows('select id from history.deliveries_other')).toEqual([{ id: future.request.deliveryId }]);
  });
});
