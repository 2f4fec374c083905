import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { closesResources, eventually } from '#libs/testing';
import { BacklogPgStore } from './backlog.pg-store.js';
import { PartitionsPgStore } from './partitions.pg-store.js';
import { aDeliveryHistory, type Course } from './testing-support/a-history.js';
import { ProjectorStage } from './testing-support/projector-stage.js';

closesResources();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WAITS: Course = { codes: [500], result: null };
const ENDED: Course = { codes: [200], result: 'succeeded' };

describe('the backlog over time', () => {
  let stage: ProjectorStage;
  beforeEach(async () => {
    stage = await ProjectorStage.open();
  }, 60_000);
  afterEach(() => stage.close(), 60_000);

  const of = (course: Course, accountId: string, at = Date.now() - HOUR_MS) =>
    aDeliveryHistory(course, { webhookId: newId('wh'), accountId, at });
  const most = () =>
    stage.rows<{ account_id: string; seconds: number; waiting: number }>(
      'select account_id, seconds, max(waiting)::int as waiting from history.backlog_samples group by 1, 2 order by 1, 2',
    );
  const inBothWidths = (waiting: Readonly<Record<string, number>>) =>
    Object.entries(waiting).flatMap(([account_id, count]) => [60, 3600].map((seconds) => ({ account_id, seconds, waiting: count })));

  it('is counted by account and in all, and what has ended is no part of it', async () => {
    await stage.publish([of(WAITS, 'a'), of(WAITS, 'a'), of(WAITS, 'b'), of(ENDED, 'b'), of(ENDED, 'c')].flatMap(({ records }) => records));
    await stage.start();
    await stage.caughtUp();
    await eventually(async () => (await most()).length === 6, { timeoutMs: 60_000 });
    expect(await most()).toEqual(inBothWidths({ '': 3, a: 2, b: 1 }));
  });

  it('keeps the most of its time, and nothing while a rebuild has not come far', async () => {
    await stage.start();
    await stage.withUnitOfWork(async (unitOfWork) => {
      const store = new BacklogPgStore(unitOfWork);
      const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS + 2 * HOUR_MS;
      await stage.publish([of(WAITS, 'a'), of(WAITS, 'a')].flatMap(({ records }) => records));
      await stage.caughtUp();
      await store.sample(now);
      await stage.rows('delete from history.deliveries where id = (select max(id) from history.deliveries)');
      await store.sample(now + 1_000);
      const taken = () => stage.rows('select * from history.backlog_samples where start >= $1 order by 1, 2', [new Date(now)]);
      const before = await taken();
      expect(before).toMatchObject(inBothWidths({ '': 2, a: 2 }));
      await stage.command('../rebuild-history.ts');
      await store.sample(now + 60_000);
      expect(await taken()).toEqual(before);
    });
  });

  it('is forgotten with the history, that of the minutes after two days', async () => {
    await stage.start();
    await stage.withUnitOfWork(async (unitOfWork) => {
      const store = new BacklogPgStore(unitOfWork);
      const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS + 100 * DAY_MS + HOUR_MS / 2;
      for (const days of [31, 29, 1]) await store.sample(now - days * DAY_MS);
      await new PartitionsPgStore(unitOfWork, 30).keep(now);
      const kept = await stage.rows<{ seconds: number }>('select seconds from history.backlog_samples where start > $1 order by start, 1', [
        new Date(now - 50 * DAY_MS),
      ]);
      expect(kept.map(({ seconds }) => seconds)).toEqual([3600, 3600, 60]);
    });
  });
});
