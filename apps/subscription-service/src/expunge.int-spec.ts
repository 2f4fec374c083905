import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeAttempted, encodeDeadLetter, type ReceivedRecord, type WireRecord } from '#libs/contracts';
import { Clock, newId } from '#libs/kernel';
import { parseMasterKeys } from '#libs/secrets';
import { uniqueName } from '#libs/testing';
import { HistoryScene } from './history-scene.int-fixture.js';
import { MailPgStore } from './notifications/mail.pg-store.js';
import { NotificationListener } from './notifications/notification.listener.js';
import { NotificationService } from './notifications/notification.service.js';
import { OwnerDirectoryPgStore } from './notifications/owner-directory.pg-store.js';
import { StandingPgStore } from './notifications/standing.pg-store.js';
import { UnsubscribeLinks } from './notifications/unsubscribe-links.js';
import { UnsubscriptionPgStore } from './notifications/unsubscription.pg-store.js';
import { DeadLetterArchivePgStore } from './operator/dead-letter-archive.pg-store.js';
import { deadLetterOf } from './operator/dead-letter-record.js';
import { BacklogPgStore } from './projector/backlog.pg-store.js';
import { aDeliveryHistory, type DeliveryHistory } from './projector/testing-support/a-history.js';

const OWNER = 'owner@example.com';

class WallClock extends Clock {
  override now(): number {
    return Date.now();
  }
}

describe('an expunge', () => {
  let scene: HistoryScene;
  let notices: NotificationService;
  const standings = new StandingPgStore();
  const listener = new NotificationListener(standings, new WallClock());

  beforeAll(async () => {
    scene = await HistoryScene.open();
    const { unitOfWork } = scene;
    const links = new UnsubscribeLinks(parseMasterKeys(`k:${randomBytes(32).toString('base64')}`), 'https://hooks.example');
    const stores = {
      ...{ standings, owners: new OwnerDirectoryPgStore(), mails: new MailPgStore(unitOfWork) },
      unsubscriptions: new UnsubscriptionPgStore(unitOfWork),
    };
    notices = new NotificationService(
      unitOfWork,
      stores,
      links,
      { digestMinutes: 15, publicUrl: 'https://hooks.example' },
      new WallClock(),
    );
  });
  afterAll(() => scene.close());

  const anAccount = async (): Promise<string> =>
    (await scene.post<{ id: string }>('/v1/accounts', { id: uniqueName('acc'), name: 'a', ownerEmail: OWNER })).id;
  const failed = (webhookId: string, accountId: string, eventId = newId('evt')): DeliveryHistory =>
    aDeliveryHistory({ codes: [500], result: 'failed' }, { webhookId, accountId, eventId, at: Date.now() - 1_000 });
  /** As the projector does: into the history, and to the notifications. */
  const happens = async (...histories: readonly DeliveryHistory[]): Promise<void> => {
    await scene.store(histories);
    const attempts = histories.flatMap((history) => history.attempts);
    await scene.unitOfWork.run((transaction) => listener.stored(transaction, { attempts, outcomes: [], health: [] }));
    while ((await notices.decideDue()) > 0);
  };
  const buried = async (...records: readonly Partial<WireRecord>[]): Promise<void> => {
    const archive = new DeadLetterArchivePgStore(scene.unitOfWork);
    for (const record of records) {
      const place = { topic: 'orders', partition: 0, offset: '1', timestamp: Date.now(), key: null, value: null, headers: {} };
      const letter = encodeDeadLetter({ ...place, ...record } as ReceivedRecord, 'JSON_INVALID');
      const offset = String(Math.floor(Math.random() * 1e9));
      await archive.keep([deadLetterOf({ ...place, ...letter, offset } as ReceivedRecord)]);
    }
  };
  const rows = (sql: string, accountId: string): Promise<Record<string, unknown>[]> =>
    scene.unitOfWork.read((manager) => manager.query(sql, [accountId]));
  const mails = async (accountId: string): Promise<unknown[]> =>
    (
      await rows('select m.kind, m.event_ids, m.webhook_id from notifications.mails as m where m.account_id = $1 order by m.id', accountId)
    ).map(({ kind, event_ids: events, webhook_id: webhook }) => [kind, events, webhook]);
  const letters = async (accountId: string): Promise<unknown[]> =>
    (await rows('select d.event_id, d.webhook_id from operations.dead_letters as d where d.account_id = $1 order by d.id', accountId)).map(
      ({ event_id: event, webhook_id: webhook }) => [event, webhook],
    );
  const standing = async (accountId: string): Promise<string> =>
    JSON.stringify(await rows('select s.standing from notifications.standings as s where s.account_id = $1', accountId));
  const expunge = (accountId: string, subject: object) => scene.post<{ complete: boolean }>(`/v1/accounts/${accountId}/expunge`, subject);
  const ofEvent = (accountId: string, eventId: string): Partial<WireRecord> => ({
    value: Buffer.from('{'),
    headers: { ce_specversion: '1.0', ce_id: eventId, ce_accountid: accountId },
  });

  it('of an event takes its mails, what would be told of it later, and its dead letters; nothing of other events', async () => {
    const account = await anAccount();
    const webhookId = await scene.webhook({}, account);
    const [gone, kept, gathered] = [newId('evt'), newId('evt'), newId('evt')];
    await happens(failed(webhookId, account, gone));
    await happens(failed(webhookId, account, gone), failed(webhookId, account, gathered));
    await happens(failed(await scene.webhook({}, account), account, kept));
    const plain = { value: Buffer.from(JSON.stringify({ id: gone, accountId: account, type: 7 })) };
    await buried(ofEvent(account, gone), ofEvent(account, kept), ofEvent('another', gone), plain);
    expect(await expunge(account, { eventId: gone })).toMatchObject({ complete: true, attempts: 2 });
    expect(await mails(account)).toEqual([['failure', [kept], expect.anything()]]);
    expect([(await standing(account)).includes(gone), (await standing(account)).includes(gathered)]).toEqual([false, true]);
    expect([await letters(account), await letters('another')]).toEqual([[[kept, null]], [[gone, null]]]);
    // A letter that is read again, or only now.
    await buried(ofEvent(account, gone));
    expect(await letters(account)).toEqual([[kept, null]]);
  });

  it('of a webhook takes its mails, who unsubscribed from it, and the dead letters that name it; nothing of other webhooks', async () => {
    const account = await anAccount();
    const [gone, kept] = [await scene.webhook({}, account), await scene.webhook({}, account)];
    await happens(failed(gone, account), failed(kept, account));
    const unsubscriptions = new UnsubscriptionPgStore(scene.unitOfWork);
    for (const webhookId of [gone, kept, null]) await unsubscriptions.add({ accountId: account, webhookId, address: OWNER }, Date.now());
    const ofWebhook = (id: string) => encodeAttempted({ ...failed(id, account).attempts[0]! }, '/test');
    await buried(ofWebhook(gone), ofWebhook(kept));
    await expunge(account, { webhookId: gone });
    expect(await mails(account)).toEqual([['failure', [expect.anything()], kept]]);
    const left = await rows('select u.webhook_id from notifications.unsubscriptions as u where u.account_id = $1 order by 1', account);
    expect(left).toEqual([{ webhook_id: '' }, { webhook_id: kept }]);
    expect(await letters(account)).toEqual([[expect.anything(), kept]]);
    expect(await standing(account)).not.toContain(gone);
  });

  it('of an account takes all of it, and what comes after is kept again', async () => {
    const account = await anAccount();
    const webhookId = await scene.webhook({}, account);
    const waits = aDeliveryHistory({ codes: [500], result: null }, { webhookId, accountId: account, at: Date.now() - 1_000 });
    await happens(failed(webhookId, account), waits);
    await new UnsubscriptionPgStore(scene.unitOfWork).add({ accountId: account, webhookId: null, address: 'x@example.com' }, Date.now());
    await buried(ofEvent(account, newId('evt')));
    await new BacklogPgStore(scene.unitOfWork).sample(Date.now());
    const backlog = () => rows('select b.waiting from history.backlog_samples as b where b.account_id = $1 and b.seconds = 60', account);
    expect(await backlog()).toEqual([{ waiting: 1 }]);
    await expunge(account, { everything: true });
    const left = await rows('select u.webhook_id from notifications.unsubscriptions as u where u.account_id = $1', account);
    expect([await mails(account), await letters(account), left, await standing(account), await backlog()]).toEqual([[], [], [], '[]', []]);
    const later = aDeliveryHistory({ codes: [500], result: 'failed' }, { webhookId, accountId: account, at: Date.now() + 1_000 });
    await happens(later);
    expect(await mails(account)).toEqual([['failure', [later.request.event.id], webhookId]]);
  });
});
