import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeEndpointHealth, type EndpointHealthV1, ERROR_CLASSES } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { closeAfterTest, closesResources } from '#libs/testing';
import { aDeliveryHistory, type DeliveryHistory, expectedState, someHistories } from './testing-support/a-history.js';
import { ProjectorStage } from './testing-support/projector-stage.js';

closesResources();

const HOUR_MS = 3_600_000;

describe('the projector', () => {
  let stage: ProjectorStage;
  beforeEach(async () => {
    stage = await ProjectorStage.open();
  }, 60_000);
  afterEach(() => stage.close(), 60_000);

  const states = async (): Promise<Map<string, string>> =>
    new Map(
      (await stage.rows<{ id: string; state: string }>('select id, state from history.deliveries')).map(({ id, state }) => [id, state]),
    );
  const expected = (histories: readonly DeliveryHistory[]): Map<string, string> =>
    new Map(histories.map((history) => [history.request.deliveryId, expectedState(history)]));

  it('stores each delivery with its state, its attempts, and each body once', async () => {
    const histories = someHistories(200, [newId('wh'), newId('wh')], Date.now() - HOUR_MS);
    await stage.publish(histories.flatMap(({ records }) => records));
    await stage.start();
    await stage.caughtUp();
    expect(await states()).toEqual(expected(histories));
    const attempts = histories.flatMap((history) => history.attempts);
    const events = new Set(histories.map(({ request }) => request.event.id));
    const bodies = new Set(attempts.map(({ eventId }) => eventId));
    const [counts] = await stage.rows(
      `select (select count(*)::int from history.attempts) as attempts, (select count(*)::int from history.events) as events,
              (select count(*)::int from history.bodies) as bodies, (select count(*)::int from history.attempts_other) as elsewhere`,
    );
    expect(counts).toEqual({ attempts: attempts.length, events: events.size, bodies: bodies.size, elsewhere: 0 });
  });

  it('counts what is no test, and takes tests for no Last Event Hit', async () => {
    const webhookId = newId('wh');
    const at = Date.now() - HOUR_MS;
    const real = aDeliveryHistory({ codes: [500, 204], result: 'succeeded' }, { webhookId, at });
    const test = aDeliveryHistory({ codes: [200], result: 'succeeded', test: true }, { webhookId, at: at + 60_000 });
    await stage.publish([...real.records, ...test.records]);
    await stage.start();
    await stage.caughtUp();
    for (const counted of [webhookId, '']) {
      const [stats] = await stage.rows(
        `select sum(succeeded)::int as succeeded, sum(failed)::int as failed, sum(codes[2])::int as ok, sum(codes[5])::int as down,
                sum(errors[$2])::int as errors, sum(deliveries)::int as deliveries
           from history.stat_buckets where webhook_id = $1 and seconds = 60`,
        [counted, ERROR_CLASSES.indexOf('http_5xx') + 1],
      );
      expect(stats).toEqual({ succeeded: 1, failed: 1, ok: 1, down: 1, errors: 1, deliveries: 1 });
    }
    const activity = await stage.rows('select attempt_id, status, status_code from history.webhook_activity');
    expect(activity).toEqual([{ attempt_id: real.attempts[1]!.id, status: 'succeeded', status_code: 204 }]);
  });

  it('keeps the newest state of each endpoint', async () => {
    const health = (version: number, circuit: EndpointHealthV1['circuit']) => ({
      topic: 'endpointHealth' as const,
      record: encodeEndpointHealth(
        {
          ...{ webhookId: 'wh_1', accountId: 'default', version, circuit, since: new Date().toISOString(), consecutiveFailures: 5 },
          ...{ openings: 1, nextProbeAt: null, failingSince: null, warnedPercent: 0, autoDisabled: null, lastStatusCode: 500 },
          ...{ lastErrorClass: 'http_5xx', changedAt: new Date().toISOString() },
        },
        '/test',
      ),
    });
    await stage.publish([health(3, 'open'), health(2, 'closed')]);
    await stage.start();
    await stage.caughtUp();
    expect(await stage.rows('select webhook_id, version::int, circuit from history.circuits')).toEqual([
      { webhook_id: 'wh_1', version: 3, circuit: 'open' },
    ]);
  });

  it('has equal tables in whatever order records come, and however often', async () => {
    const histories = someHistories(160, [newId('wh'), newId('wh')], Date.now() - HOUR_MS);
    const records = histories.flatMap((history) => history.records);
    const other = await ProjectorStage.open();
    closeAfterTest(() => other.close());
    await Promise.all([stage.publish(records), other.publish(records.toReversed())]);
    await Promise.all([stage.start(), other.start()]);
    await Promise.all([stage.caughtUp(), other.caughtUp()]);
    // In another transaction, and so against what is stored.
    await stage.publish(records.toReversed());
    await stage.caughtUp();
    expect(await stage.contents()).toEqual(await other.contents());
  });

  it('killed again and again, stores everything once', async () => {
    const histories = someHistories(4_000, [newId('wh'), newId('wh'), newId('wh')], Date.now() - HOUR_MS);
    const records = histories.flatMap((history) => history.records);
    const publishing = stage.publish(records);
    for (let kills = 0; kills < 3; kills++) {
      const { kill } = await stage.start();
      await kill();
    }
    await publishing;
    await stage.start();
    await stage.caughtUp(90_000);
    expect(await states()).toEqual(expected(histories));
    const counted = histories.flatMap((history) => history.attempts).filter(({ trigger }) => trigger !== 'test').length;
    const [stats] = await stage.rows(
      "select sum(succeeded + failed)::int as attempts from history.stat_buckets where webhook_id <> '' and seconds = 3600",
    );
    expect(stats).toEqual({ attempts: counted });
  });
});
