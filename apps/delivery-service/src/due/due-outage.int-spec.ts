import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { aWebhook, closeAfterTest, closesResources, eventually } from '#libs/testing';
import { EmbeddedPostgres } from '../../../../tools/local-stack/src/index.js';
import { aRetry, DueStage, HOUR_MS, inMs } from './testing-support/due-stage.js';

closesResources();

async function aServer(): Promise<EmbeddedPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookstream-due-'));
  const server = await EmbeddedPostgres.start({ dataDir, port: 0 });
  closeAfterTest(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return server;
}

describe('while the database is away', () => {
  it('a retry is refused as retryable, what is asked for is kept, and all of it is done afterwards', async () => {
    const server = await aServer();
    const stage = await DueStage.open({ url: server.url });
    const { intake, deliveries, loop, watch } = stage.parts;
    const [cancelled, expedited, released] = ['wh_c', 'wh_e', 'wh_r'];
    const later = (webhookId: string) => aRetry({ dueAt: inMs(HOUR_MS), delivery: { webhookId } });
    await stage.parts.table.add([later(cancelled), later(expedited), later(released), later('wh_deleted'), later('wh_stays')]);
    loop.start();
    await server.kill();

    const retry = aRetry();
    await expect(intake.take(retry, Date.now())).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
    expect(stage.parts.database.fault).toBeDefined();
    await deliveries.cancel(cancelled, null, Date.now());
    await deliveries.expedite(expedited, null);
    deliveries.release(released);
    watch.changed({ id: 'wh_deleted', previous: aWebhook({ id: 'wh_deleted' }) });

    await server.restart();
    await eventually(() => intake.take(retry, Date.now()).then(() => true));
    await eventually(() => stage.requested().length === 3 && stage.outcomes().length === 2);
    expect(
      stage
        .requested()
        .map(({ webhookId }) => webhookId)
        .sort(),
    ).toEqual([retry.delivery.webhookId, expedited, released].sort());
    expect(
      stage
        .outcomes()
        .map(({ webhookId, reason }) => `${webhookId} ${reason}`)
        .sort(),
    ).toEqual(['wh_c cancelled', 'wh_deleted webhook_deleted']);
    await eventually(async () => (await stage.waiting()).length === 1);
    expect(stage.parts.database.fault).toBeUndefined();
  });

  it('the service can start, and connects once the database is there', async () => {
    const server = await aServer();
    await server.kill();
    const opening = DueStage.open({ url: server.url });
    await server.restart();
    const stage = await opening;
    await stage.parts.intake.take(aRetry({ delivery: { deliveryId: newId('dlv') } }), Date.now());
    expect(await stage.waiting()).toHaveLength(1);
  });
});
