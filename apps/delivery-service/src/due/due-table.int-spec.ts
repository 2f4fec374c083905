import { describe, expect, it } from '@jest/globals';
import { migrateDown } from '#libs/persistence';
import { Secret } from '#libs/kernel';
import { anEvent, closesResources, eventually } from '#libs/testing';
import { dueDatabaseOptions } from './due-database.js';
import { aRetry, DueStage, HOUR_MS, inMs } from './testing-support/due-stage.js';

closesResources();

const LIMITS = { rows: 500, bytes: 1_000_000 };

describe('the due table', () => {
  it('gives a delivery back as it was handed in, its data byte for byte', async () => {
    const stage = await DueStage.open();
    const event = anEvent({
      id: 'it\'s "quoted" \\ {a,b} ü',
      channelId: 'ch-1',
      context: '{"a": 1.10}',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      data: Buffer.from([0, 255, 92, 10, 39, 128]),
    });
    const [full, bare] = [aRetry({ event }), aRetry({ event: anEvent({ data: Buffer.alloc(0) }), delivery: { past: null } })];
    await stage.parts.table.add([full, bare]);
    await stage.parts.handler.handOut();
    const byId = new Map(stage.requested().map((request) => [request.deliveryId, request]));
    expect(byId.get(full.delivery.deliveryId)).toEqual(full.delivery);
    expect(byId.get(bare.delivery.deliveryId)).toMatchObject({ past: null, event: { data: Buffer.alloc(0) } });
    expect(await stage.waiting()).toEqual([]);
  });

  it('keeps the later record of a delivery, whichever comes first, and changes nothing for a repeat', async () => {
    const stage = await DueStage.open();
    const first = aRetry({ delivery: { attempt: 2, wait: 1 } });
    const waited = { ...first, delivery: { ...first.delivery, wait: 2 } };
    const failedAgain = { ...first, delivery: { ...first.delivery, attempt: 3, wait: 3 } };
    await stage.parts.table.add([waited, first]);
    await stage.parts.table.add([first]);
    await stage.parts.table.add([failedAgain, waited]);
    await stage.parts.table.add([waited]);
    await stage.parts.handler.handOut();
    expect(stage.requested()).toEqual([failedAgain.delivery]);
  });

  it('hands out only what is due, the oldest first', async () => {
    const stage = await DueStage.open();
    const [later, old, older] = [aRetry({ dueAt: inMs(HOUR_MS) }), aRetry({ dueAt: inMs(-1000) }), aRetry({ dueAt: inMs(-2000) })];
    await stage.parts.table.add([later, old, older]);
    await stage.parts.handler.handOut();
    expect(stage.requested().map(({ deliveryId }) => deliveryId)).toEqual([older.delivery.deliveryId, old.delivery.deliveryId]);
    expect(await stage.waiting()).toEqual([later.delivery.deliveryId]);
  });

  it('never gives a row to two at once', async () => {
    const stage = await DueStage.open();
    const other = await DueStage.open({ url: stage.url });
    await stage.parts.table.add(Array.from({ length: 300 }, () => aRetry()));
    const given: string[] = [];
    const taker = async ({ parts }: DueStage): Promise<void> => {
      for (;;) {
        const taken = await parts.table.claim({ kind: 'due' }, { rows: 7, bytes: 1_000_000 }, async (claimed) => {
          const ids = claimed.map(({ request }) => request.deliveryId);
          given.push(...ids);
          return ids;
        });
        if (taken === 0) return;
      }
    };
    await Promise.all([taker(stage), taker(stage), taker(other), taker(other)]);
    expect(new Set(given).size).toBe(300);
    expect(given).toHaveLength(300);
  });

  it('takes no more data at once than it is allowed, and one row at least', async () => {
    const stage = await DueStage.open();
    const data = Buffer.alloc(600_000, 1);
    await stage.parts.table.add([1, 2, 3].map((n) => aRetry({ event: anEvent({ data }), dueAt: inMs(-n * 1000) })));
    const sizes: number[] = [];
    for (const bytes of [1000, 1_000_000])
      await stage.parts.table.claim({ kind: 'due' }, { rows: 10, bytes }, async (claimed) => (sizes.push(claimed.length), []));
    expect(sizes).toEqual([1, 2]);
  });

  it('stores an event once, and removes it with the last row that refers to it', async () => {
    const stage = await DueStage.open();
    const event = anEvent();
    const [due, later] = [aRetry({ event }), aRetry({ event, dueAt: inMs(HOUR_MS) })];
    await stage.parts.table.add([due]);
    await stage.parts.table.add([later]);
    expect(await stage.storedEvents()).toBe(1);
    await stage.parts.handler.handOut();
    await stage.parts.cleaner.removeFreed();
    expect(await stage.storedEvents()).toBe(1);
    await stage.parts.rows.expedite(later.delivery.webhookId, null);
    await stage.parts.handler.handOut();
    await stage.parts.cleaner.removeFreed();
    expect(await stage.storedEvents()).toBe(0);
    expect(stage.requested()).toHaveLength(2);
  });

  it('keeps events of two accounts apart that share source and id', async () => {
    const stage = await DueStage.open();
    const shared = { id: 'e-1', source: '/s' };
    const events = [
      anEvent({ ...shared, accountId: 'a', data: Buffer.from('"a"') }),
      anEvent({ ...shared, accountId: 'b', data: Buffer.from('"b"') }),
    ];
    await stage.parts.table.add(events.map((event) => aRetry({ event })));
    await stage.parts.handler.handOut();
    expect(
      stage
        .requested()
        .map(({ event }) => `${event.accountId}${event.data.toString()}`)
        .sort(),
    ).toEqual(['a"a"', 'b"b"']);
  });

  it('never removes an event while rows that refer to it are being stored', async () => {
    const stage = await DueStage.open();
    const event = anEvent();
    for (let round = 0; round < 30; round++) {
      await stage.parts.table.add([aRetry({ event })]);
      await stage.parts.handler.handOut();
      await Promise.all([stage.parts.cleaner.removeFreed(), stage.parts.table.add([aRetry({ event })]), stage.parts.cleaner.removeFreed()]);
      await stage.parts.handler.handOut();
    }
    expect(stage.requested()).toHaveLength(60);
  });

  it('finds the events that a crash left behind', async () => {
    const stage = await DueStage.open();
    await stage.parts.table.add([aRetry(), aRetry({ dueAt: inMs(HOUR_MS) })]);
    await stage.query(`delete from delivery.due where due_at < now()`);
    await stage.parts.cleaner.sweep();
    await stage.parts.cleaner.removeFreed();
    expect(await stage.storedEvents()).toBe(1);
  });

  it('is there once more after its migrations were taken back', async () => {
    const stage = await DueStage.open();
    await migrateDown(dueDatabaseOptions(new Secret(stage.url)), 'all');
    const again = await DueStage.open({ url: stage.url });
    await again.parts.table.add([aRetry()]);
    expect(await again.waiting()).toHaveLength(1);
  });
});

describe('a due delivery', () => {
  it('is published again as the same record when it could not be deleted', async () => {
    const stage = await DueStage.open();
    const retry = aRetry();
    await stage.parts.table.add([retry]);
    const killed = stage.parts.table.claim({ kind: 'due' }, LIMITS, async (claimed) => {
      await stage.parts.handler.handOut(); // Locked: nobody else hands it out meanwhile.
      expect(claimed).toHaveLength(1);
      expect(stage.requested()).toHaveLength(0);
      // The session dies between what was published and what would be deleted.
      await stage.query(`select pg_terminate_backend(pid) from pg_stat_activity
                          where datname = current_database() and state = 'idle in transaction'`);
      return [retry.delivery.deliveryId];
    });
    await expect(killed).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await stage.parts.handler.handOut();
    expect(stage.requested()).toEqual([retry.delivery]);
  });

  it('stays when the broker did not acknowledge it', async () => {
    const stage = await DueStage.open();
    await stage.parts.table.add([aRetry(), aRetry()]);
    stage.published.unavailable();
    await expect(stage.parts.handler.handOut()).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect(await stage.waiting()).toHaveLength(2);
    stage.published.unavailable(false);
    await stage.parts.handler.handOut();
    expect(await stage.waiting()).toHaveLength(0);
  });

  it('is handed out soon after it becomes due, or was stored', async () => {
    const stage = await DueStage.open();
    stage.parts.loop.start();
    const retry = aRetry({ dueAt: inMs(300) });
    await stage.parts.intake.take(retry, Date.now());
    await eventually(() => stage.requested().length === 1, { timeoutMs: 2300 });
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(retry.dueAt));
  });

  it('does not wait behind the backlog of another webhook', async () => {
    const stage = await DueStage.open({ pace: { perSecond: 200, perWebhook: 20 } });
    await stage.parts.table.add(Array.from({ length: 2000 }, () => aRetry({ delivery: { webhookId: 'wh_crowd' }, dueAt: inMs(-HOUR_MS) })));
    await stage.parts.table.add([aRetry({ delivery: { webhookId: 'wh_single' }, dueAt: inMs(-1) })]);
    stage.parts.loop.start();
    await eventually(() => stage.requested().some(({ webhookId }) => webhookId === 'wh_single'), { timeoutMs: 2000 });
    const crowd = stage.requested().filter(({ webhookId }) => webhookId === 'wh_crowd').length;
    expect(crowd).toBeLessThanOrEqual(60);
    expect(await stage.waiting()).toHaveLength(2000 - crowd);
  });
});
