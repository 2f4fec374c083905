import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { closeAfterTest, closesResources, eventually, uniqueName } from '#libs/testing';
import { HistoryPgStore } from './history.pg-store.js';
import { PointerRedaction } from './pointer-redaction.js';
import { ProjectionPgStore } from './projection.pg-store.js';
import { aDeliveryHistory, anUnmatchedEvent, recordOfUnmatched } from './testing-support/a-history.js';
import { ProjectorStage } from './testing-support/projector-stage.js';

closesResources();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const COURSE = { codes: [200], result: 'succeeded' } as const;

describe('events that no webhook wanted', () => {
  let stage: ProjectorStage;
  beforeEach(async () => {
    stage = await ProjectorStage.open();
  }, 60_000);
  afterEach(() => stage.close(), 60_000);

  const eventIds = async (): Promise<string[]> =>
    (await stage.rows<{ event_id: string }>('select event_id from history.events order by 1')).map(({ event_id }) => event_id);
  const unmatched = (eventId: string, at: number, more: object = {}) => anUnmatchedEvent({ eventId, at, ...more });

  it('are kept with their data, once, also when a delivery is asked for later or was before', async () => {
    const at = Date.now() - HOUR_MS;
    const [alone, sentLater] = [unmatched('alone', at, { data: '{"n": 1.10}' }), unmatched('sent later', at)];
    const delivered = aDeliveryHistory(COURSE, { webhookId: newId('wh'), eventId: 'sent later', at });
    const records = [recordOfUnmatched(alone), recordOfUnmatched(sentLater), ...delivered.records];
    const other = await ProjectorStage.open();
    closeAfterTest(() => other.close());
    const again = recordOfUnmatched({ ...alone, unmatchedAt: new Date(at + 60_000).toISOString() });
    for (const [one, sequence] of [
      [stage, [records, [again]]],
      [other, [[again], records.toReversed()]],
    ] as const) {
      await one.start();
      for (const part of sequence) {
        await one.publish(part);
        await one.caughtUp();
      }
    }
    const rows = await stage.rows<{ event_id: string; data: Buffer; unmatched_at: Date }>('select * from history.events order by event_id');
    expect(rows.map(({ event_id, data, unmatched_at }) => [event_id, data.toString(), unmatched_at.getTime()])).toEqual([
      ['alone', '{"n": 1.10}', at + 5],
      ['sent later', '{"orderId":"o-1"}', at + 5],
    ]);
    expect(await stage.rows('select event_type, events from history.event_type_days')).toEqual([
      { event_type: 'order_created', events: 2 },
    ]);
    expect(await stage.contents()).toEqual(await other.contents());
  }, 120_000);

  it('come back with a rebuild, but for those that were expunged', async () => {
    const at = Date.now() - HOUR_MS;
    const account = uniqueName('acc');
    const all = [unmatched('kept', at), unmatched('gone', at), unmatched('of another', at, { accountId: account })];
    const webhookId = newId('wh');
    const also = aDeliveryHistory(COURSE, { webhookId, eventId: 'kept', at });
    await stage.publish([...all.map(recordOfUnmatched), ...also.records]);
    await stage.start();
    await stage.caughtUp();
    await stage.command('../expunge-history.ts', ['--account', 'default', '--event', 'gone']);
    await stage.command('../expunge-history.ts', ['--account', account]);
    await stage.command('../expunge-history.ts', ['--account', 'default', '--webhook', webhookId]);
    expect(await stage.rows('select from history.deliveries')).toEqual([]);
    expect(await eventIds()).toEqual(['kept']);
    await stage.command('../rebuild-history.ts');
    await eventually(async () => (await eventIds()).length > 0, { timeoutMs: 60_000 });
    await stage.caughtUp();
    expect(await eventIds()).toEqual(['kept']);
    await stage.publish([recordOfUnmatched(unmatched('after', Date.now(), { accountId: account }))]);
    await stage.caughtUp();
    expect(await eventIds()).toEqual(['after', 'kept']);
  }, 120_000);

  it('are kept without what must not be stored', async () => {
    await stage.start();
    const event = unmatched('secret', Date.now(), { data: '{"card":"4711","total":1}' });
    const redaction = new PointerRedaction({ refresh: () => Promise.resolve(), of: () => ['/card'] });
    await stage.withUnitOfWork(async (unitOfWork) => {
      const store = new HistoryPgStore(unitOfWork, redaction, { stored: () => Promise.resolve() });
      const { generation } = await new ProjectionPgStore(unitOfWork).state();
      await store.store([{ kind: 'unmatched', publishedAt: Date.now(), unmatched: event }], generation);
    });
    const [row] = await stage.rows<{ data: Buffer; redacted: boolean }>('select data, redacted from history.events');
    expect([row!.data.toString(), row!.redacted]).toEqual(['{"card":"[redacted]","total":1}', true]);
  }, 60_000);

  it('go by age, also those that claim to be of another time', async () => {
    const now = Date.now() - 1_000;
    const ancient = { ...unmatched('ancient', Date.UTC(1980, 0, 1)), unmatchedAt: new Date(now).toISOString() };
    const passed = { ...unmatched('passed', Date.UTC(1980, 0, 1)), unmatchedAt: new Date(now - 5 * DAY_MS).toISOString() };
    await stage.publish([unmatched('today', now), unmatched('old', now - 5 * DAY_MS), ancient, passed].map(recordOfUnmatched));
    const { kill } = await stage.start({ HISTORY_RETENTION_DAYS: '7' });
    await stage.caughtUp();
    expect(await eventIds()).toEqual(['ancient', 'old', 'passed', 'today']);
    await kill();
    await stage.start({ HISTORY_RETENTION_DAYS: '3' });
    await eventually(async () => (await eventIds()).length === 2, { timeoutMs: 30_000 });
    expect(await eventIds()).toEqual(['ancient', 'today']);
  }, 120_000);
});
