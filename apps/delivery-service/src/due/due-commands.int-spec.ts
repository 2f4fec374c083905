import { describe, expect, it } from '@jest/globals';
import type { WebhookStateV1 } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { aWebhook, closesResources, eventually } from '#libs/testing';
import { aRetry, DueStage, HOUR_MS, inMs } from './testing-support/due-stage.js';
import { comesAt, slowStart } from './slow-start.js';

closesResources();

const webhookId = newId('wh');
const parked = (dueAt = inMs(HOUR_MS), id = webhookId) => aRetry({ cause: 'disabled', dueAt, delivery: { webhookId: id } });
const later = (id = webhookId) => aRetry({ dueAt: inMs(HOUR_MS), delivery: { webhookId: id } });
const enabled = aWebhook({ id: webhookId });
const disabled = aWebhook({ id: webhookId, status: 'disabled' });
const dueNow = (stage: DueStage) =>
  stage
    .query<{ id: string }>('select delivery_id as id from delivery.due where not parked and due_at <= now()')
    .then((rows) => rows.map(({ id }) => id));

describe('what is parked', () => {
  it('is not handed out when its time comes, but expires with one outcome that tells its past', async () => {
    const stage = await DueStage.open();
    const [expired, waits] = [parked(inMs(-1000)), parked()];
    await stage.parts.table.add([expired, waits]);
    await stage.parts.handler.handOut();
    await stage.parts.handler.expire();
    await stage.parts.handler.expire();
    expect(stage.requested()).toEqual([]);
    const { deliveryId, event } = expired.delivery;
    expect(stage.outcomes()).toEqual([
      expect.objectContaining({
        ...{ deliveryId, webhookId, eventId: event.id, accountId: 'default', result: 'discarded', reason: 'expired', attempts: 1 },
        ...{ firstAttemptAt: '2026-11-20T10:00:01.000Z', lastStatusCode: 503, lastErrorClass: 'http_5xx' },
      }),
    ]);
    expect(await stage.waiting()).toEqual([waits.delivery.deliveryId]);
  });

  it('goes on when its webhook is enabled', async () => {
    const stage = await DueStage.open();
    const other = parked(inMs(HOUR_MS), 'wh_other');
    await stage.parts.table.add([parked(), later(), other]);
    stage.parts.loop.start();
    stage.parts.watch.changed({ id: webhookId, current: enabled, previous: disabled });
    await eventually(() => stage.requested().length === 2);
    expect(await stage.waiting()).toEqual([other.delivery.deliveryId]);
  });

  it.each([
    ['goes on', enabled],
    ['ends', undefined],
  ])('%s when its webhook changed while it was on its way to the table', async (_what, current) => {
    const stage = await DueStage.open({ webhooks: new Map(current ? [[webhookId, current]] : []) });
    stage.parts.loop.start();
    await stage.parts.intake.take(parked(), Date.now());
    await eventually(() => (current ? stage.requested() : stage.outcomes()).length === 1);
    expect(await eventually(async () => (await stage.waiting()).length === 0)).toBe(true);
  });

  it('goes on or ends at the start when its webhook changed meanwhile', async () => {
    const webhooks = new Map<string, WebhookStateV1>([
      ['wh_1', aWebhook({ id: 'wh_1' })],
      ['wh_2', aWebhook({ id: 'wh_2', status: 'disabled' })],
    ]);
    const stage = await DueStage.open({ webhooks });
    const [now1, later1, now2, gone, gonePending] = [
      parked(inMs(HOUR_MS), 'wh_1'),
      later('wh_2'),
      parked(inMs(HOUR_MS), 'wh_2'),
      parked(inMs(HOUR_MS), 'wh_3'),
      later('wh_4'),
    ];
    await stage.parts.table.add([now1, later1, now2, gone, gonePending]);
    await stage.parts.watch.reconcile();
    await eventually(async () => (await dueNow(stage)).length === 1);
    expect(await dueNow(stage)).toEqual([now1.delivery.deliveryId]);
    await eventually(() => stage.outcomes().length === 2);
    expect(new Set(stage.outcomes().map(({ deliveryId, reason }) => `${deliveryId} ${reason}`))).toEqual(
      new Set([gone, gonePending].map(({ delivery }) => `${delivery.deliveryId} webhook_deleted`)),
    );
  });
});

describe('what waits', () => {
  it('ends, all of it, each with one outcome, when its webhook is deleted', async () => {
    const stage = await DueStage.open();
    await stage.parts.table.add([...Array.from({ length: 1200 }, () => later()), parked(), later('wh_other')]);
    stage.parts.watch.changed({ id: webhookId, previous: enabled });
    await eventually(async () => (await stage.waiting()).length === 1);
    expect(stage.outcomes()).toHaveLength(1201);
    expect(new Set(stage.outcomes().map(({ deliveryId }) => deliveryId)).size).toBe(1201);
    expect(stage.requested()).toEqual([]);
  });

  it('is left alone by other changes of its webhook, and by the first it is told of', async () => {
    const stage = await DueStage.open();
    await stage.parts.table.add([later(), parked()]);
    stage.parts.watch.changed({ id: webhookId, current: enabled });
    stage.parts.watch.changed({ id: webhookId });
    stage.parts.watch.changed({ id: webhookId, current: enabled, previous: aWebhook({ id: webhookId, name: 'before' }) });
    stage.parts.watch.changed({ id: webhookId, current: disabled, previous: enabled });
    await stage.parts.deliveries.expedite('wh_other', null);
    expect([stage.parts.work.size, (await stage.waiting()).length, (await dueNow(stage)).length]).toEqual([0, 2, 0]);
  });

  it('is cancelled one by one or all together', async () => {
    const stage = await DueStage.open();
    const [one, two, three, foreign] = [later(), later(), parked(), later('wh_other')];
    await stage.parts.table.add([one, two, three, foreign]);
    await stage.parts.deliveries.cancel(webhookId, one.delivery.deliveryId, Date.now());
    await stage.parts.deliveries.cancel(webhookId, foreign.delivery.deliveryId, Date.now());
    expect(stage.outcomes()).toEqual([
      expect.objectContaining({ deliveryId: one.delivery.deliveryId, result: 'discarded', reason: 'cancelled' }),
    ]);
    await stage.parts.deliveries.cancel(webhookId, null, Date.now());
    expect(stage.outcomes()).toHaveLength(3);
    expect(await stage.waiting()).toEqual([foreign.delivery.deliveryId]);
  });

  it('is due at once when expedited, one or all, but not what is parked', async () => {
    const stage = await DueStage.open();
    const [one, two] = [later(), later()];
    await stage.parts.table.add([one, two, parked(), later('wh_other')]);
    await stage.parts.deliveries.expedite(webhookId, one.delivery.deliveryId);
    expect(await dueNow(stage)).toEqual([one.delivery.deliveryId]);
    await stage.parts.deliveries.expedite(webhookId, null);
    expect((await dueNow(stage)).sort()).toEqual([one, two].map(({ delivery }) => delivery.deliveryId).sort());
  });

  it('is due at once when released without a pace', async () => {
    const stage = await DueStage.open();
    await stage.parts.table.add([later(), later(), parked(), later('wh_other')]);
    stage.parts.deliveries.release(webhookId);
    await eventually(async () => (await dueNow(stage)).length === 3);
  });

  it('is due at once when it was turned away before its circuit closed and stored after', async () => {
    const stage = await DueStage.open();
    const turnedAway = () => aRetry({ cause: 'circuit-open', dueAt: inMs(HOUR_MS), delivery: { webhookId } });
    const [before, after, failed] = [turnedAway(), turnedAway(), later()];
    const writtenAt = Date.now();
    stage.parts.deliveries.release(webhookId);
    await eventually(() => stage.parts.work.size === 0);
    await stage.parts.intake.take(before, writtenAt);
    await stage.parts.intake.take(failed, writtenAt);
    await stage.parts.intake.take(after, Date.now() + 1);
    expect(await dueNow(stage)).toEqual([before.delivery.deliveryId]);
  });

  it('is due at once when it was asked for before it was stored: that attempt, once', async () => {
    const stage = await DueStage.open();
    const [one, other] = [later(), later()];
    const { deliveryId } = one.delivery;
    await stage.parts.deliveries.expedite(webhookId, deliveryId, 2);
    await stage.parts.deliveries.expedite(webhookId, other.delivery.deliveryId, 3);
    for (const retry of [one, other]) await stage.parts.intake.take(retry, Date.now());
    expect(await dueNow(stage)).toEqual([deliveryId]);
    await stage.parts.intake.take({ ...one, delivery: { ...one.delivery, attempt: 3 } }, Date.now());
    expect(await dueNow(stage)).toEqual([]);
    await stage.parts.intake.take({ ...other, delivery: { ...other.delivery, attempt: 3 } }, Date.now());
    expect(await dueNow(stage)).toEqual([other.delivery.deliveryId]);
  });

  it('ends when it was cancelled before it was stored, but not what was asked for after', async () => {
    const stage = await DueStage.open();
    const at = Date.now();
    const asked = (atMs: number) => aRetry({ dueAt: inMs(HOUR_MS), delivery: { webhookId, requestedAt: new Date(atMs).toISOString() } });
    const [before, after] = [asked(at), asked(at + 1)];
    for (const { delivery } of [before, after]) await stage.parts.deliveries.cancel(webhookId, delivery.deliveryId, at);
    for (const retry of [before, after]) await stage.parts.intake.take(retry, Date.now());
    expect(stage.outcomes()).toEqual([
      expect.objectContaining({ deliveryId: before.delivery.deliveryId, result: 'discarded', reason: 'cancelled' }),
    ]);
    expect(await stage.waiting()).toEqual([after.delivery.deliveryId]);
  });

  it('is found by what is asked about it, whichever is first, also when another instance stores it', async () => {
    const asks = await DueStage.open();
    const stores = await DueStage.open({ url: asks.url });
    const retries = Array.from({ length: 100 }, () => later());
    await Promise.all(
      retries.map(async (retry, i) => {
        const ask = asks.parts.deliveries.expedite(webhookId, retry.delivery.deliveryId, 2);
        if (i % 2) await ask;
        await Promise.all([ask, stores.parts.intake.take(retry, Date.now())]);
      }),
    );
    expect((await dueNow(asks)).sort()).toEqual(retries.map(({ delivery }) => delivery.deliveryId).sort());
  });

  it('keeps nothing of what was asked once it is done', async () => {
    const stage = await DueStage.open();
    const [here, comes] = [later(), later()];
    await stage.parts.table.add([here]);
    for (const { delivery } of [here, comes]) await stage.parts.deliveries.expedite(webhookId, delivery.deliveryId, 2);
    await stage.parts.intake.take(comes, Date.now());
    expect((await dueNow(stage)).sort()).toEqual([here, comes].map(({ delivery }) => delivery.deliveryId).sort());
    expect(await stage.query('select delivery_id from delivery.early_commands')).toEqual([]);
  });

  it('is spread, slowly at first and never faster than its pace, in the order it was due', async () => {
    const stage = await DueStage.open();
    const rows = Array.from({ length: 400 }, (_, i) => aRetry({ dueAt: inMs(HOUR_MS + i), delivery: { webhookId } }));
    await stage.parts.table.add(rows);
    stage.parts.deliveries.release(webhookId, { perSecond: 32 });
    await eventually(() => stage.parts.work.size === 0);
    const spread = await stage.query<{ id: string; at: number }>(
      'select delivery_id as id, extract(epoch from due_at - min(due_at) over ())::float8 as at from delivery.due order by due_at',
    );
    expect(spread.map(({ id }) => id)).toEqual(rows.map(({ delivery }) => delivery.deliveryId));
    const curve = slowStart(32);
    spread.forEach(({ at }, i) => expect(at).toBeCloseTo(comesAt(curve, i + 1) - comesAt(curve, 1), 3));
    const within = (from: number, to: number) => spread.filter(({ at }) => at >= from && at < to).length;
    expect(within(0, 1)).toBeLessThanOrEqual(4);
    expect(within(22, 23)).toBeGreaterThanOrEqual(31);
  });

  it('is not held up by rows that are just being handed out', async () => {
    const stage = await DueStage.open();
    await stage.parts.table.add([aRetry({ delivery: { webhookId } }), later()]);
    await stage.parts.table.claim({ kind: 'due' }, { rows: 1, bytes: 1_000_000 }, async () => {
      await stage.parts.deliveries.expedite(webhookId, null);
      await stage.parts.rows.spread(webhookId, slowStart(10));
      await stage.parts.deliveries.cancel(webhookId, null, Date.now());
      return [];
    });
    expect(stage.outcomes()).toHaveLength(1);
    expect(await stage.waiting()).toHaveLength(1);
  });
});
