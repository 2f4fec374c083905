import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { aHealth, anAttempt, aSuccess } from './testing-support/news.js';
import { MailStage } from './testing-support/mail-stage.js';

let stage: MailStage;
beforeEach(async () => {
  stage = await MailStage.open();
}, 60_000);
afterEach(() => stage.close());

const fails = (overrides = {}) => stage.stored({ attempts: [anAttempt(stage.clock.now(), overrides)] });
const works = () => stage.stored({ attempts: [aSuccess(stage.clock.now())] });
const kinds = async (): Promise<string[]> => (await stage.mails()).map(({ kind, recipient }) => `${kind} ${recipient}`);

async function skipped(reason: string): Promise<number> {
  const metric = await register.getSingleMetric('hookstream_notices_skipped_total')!.get();
  return metric.values.find(({ labels }) => labels['reason'] === reason)?.value ?? 0;
}

describe('notifications', () => {
  it('a failure at once, a digest after fifteen minutes, a recovery at once', async () => {
    await stage.owner();
    await fails();
    await stage.decide();
    stage.clock.pass(1);
    await fails();
    await fails();
    await stage.decide();
    expect(await kinds()).toEqual(['failure owner@example.com']);
    stage.clock.pass(14);
    await stage.decide();
    stage.clock.pass(1);
    await works();
    await stage.decide();
    expect(await kinds()).toEqual(['failure owner@example.com', 'digest owner@example.com', 'recovered owner@example.com']);
    expect((await stage.mails())[1]!.subject).toBe('[Hookstream] Billing: 2 more attempts failed');
  });

  it('go to the account and to the addresses of the webhook, each once', async () => {
    await stage.owner({ notifyEmails: ['oncall@example.com', 'OWNER@example.com'] });
    await fails();
    await stage.decide();
    expect(await kinds()).toEqual(['failure owner@example.com', 'failure oncall@example.com']);
  });

  it('take the time of the digest from the account; 0 is a mail for each failure', async () => {
    await stage.owner({ digestMinutes: 0 });
    await stage.stored({ attempts: [1, 2, 3].map(() => anAttempt(stage.clock.now())) });
    await stage.decide();
    expect(await kinds()).toEqual(Array(3).fill('failure owner@example.com'));
  });

  it('none about tests, nor of a healthy webhook', async () => {
    await stage.owner();
    await fails({ trigger: 'test' });
    await works();
    await stage.decide();
    expect([await stage.mails(), await stage.count('standings')]).toEqual([[], 0]);
  });

  it('an open circuit after an hour, warnings and the disabling at once', async () => {
    await stage.owner();
    const health = (version: number, overrides = {}) => stage.stored({ health: [aHealth(stage.clock.now(), { version, ...overrides })] });
    await health(1);
    await stage.decide();
    stage.clock.pass(60);
    await stage.decide();
    for (const [i, warnedPercent] of ([50, 70, 90] as const).entries()) {
      await health(i + 2, { warnedPercent });
      await stage.decide();
    }
    await health(5, { autoDisabled: 'failing', warnedPercent: 90 });
    await stage.decide();
    const told = (await stage.mails()).map(({ kind }) => kind);
    expect(told).toEqual(['circuit-open', 'disable-warning', 'disable-warning', 'disable-warning', 'disabled']);
  });

  it('of the kinds that the account wants', async () => {
    await stage.owner({ kinds: ['recovered'] });
    await fails();
    await stage.decide();
    stage.clock.pass(1);
    await works();
    await stage.decide();
    expect(await kinds()).toEqual(['recovered owner@example.com']);
  });

  it('none without an address or where they are switched off, but counted', async () => {
    const before = [await skipped('no-address'), await skipped('switched-off')];
    await stage.owner({ ownerEmail: null });
    await fails();
    await stage.decide();
    await stage.owner({ enabled: false });
    stage.clock.pass(20);
    await fails();
    await stage.decide();
    expect(await stage.mails()).toEqual([]);
    expect([await skipped('no-address'), await skipped('switched-off')]).toEqual(before.map((count) => count + 1));
  });

  it('none to who unsubscribed from the webhook or from the account', async () => {
    await stage.owner({ notifyEmails: ['a@example.com', 'b@example.com'] });
    const now = stage.clock.now();
    await stage.unsubscriptions.add({ accountId: 'default', webhookId: 'wh_1', address: 'a@example.com' }, now);
    await stage.unsubscriptions.add({ accountId: 'default', webhookId: null, address: 'owner@example.com' }, now);
    await stage.unsubscriptions.add({ accountId: 'default', webhookId: 'wh_2', address: 'b@example.com' }, now);
    await fails();
    await stage.decide();
    expect(await kinds()).toEqual(['failure b@example.com']);
  });

  it('keep no more than so many mails waiting of an account', async () => {
    const before = await skipped('outbox-full');
    await stage.owner({ digestMinutes: 0 });
    await stage.stored({ attempts: Array.from({ length: 10 }, () => anAttempt(stage.clock.now())) });
    await stage.decide({ perAccount: 4, inAll: 100 });
    expect([(await stage.mails()).length, await skipped('outbox-full')]).toEqual([4, before + 6]);
  });

  it('forget a webhook that is deleted, and one that works again', async () => {
    await stage.owner();
    await fails();
    await fails({ webhookId: 'wh_gone' });
    await stage.decide();
    expect(await stage.count('standings')).toBe(1);
    await works();
    await stage.decide();
    stage.clock.pass(20);
    await stage.decide();
    expect(await stage.count('standings')).toBe(0);
  });

  it('of one webhook wait when it cannot be decided about it, and no others', async () => {
    await stage.owner();
    await fails();
    await fails({ webhookId: 'wh_0' });
    await stage.client.query(`update notifications.standings set standing = '{"gathered":{}}' where webhook_id = 'wh_0'`);
    await stage.client.query(`insert into subscription.webhooks select (jsonb_populate_record(w, '{"id":"wh_0","name":"Broken"}')).*
      from subscription.webhooks as w`);
    await stage.decide();
    expect(await kinds()).toEqual(['failure owner@example.com']);
    expect(await stage.count('standings')).toBe(2);
  });

  it('are taken back with the batch that told of them', async () => {
    await stage.owner();
    const failing = stage.unitOfWork.run(async (transaction) => {
      await transaction.query('select 1');
      await stage.storedIn(transaction, { attempts: [anAttempt(stage.clock.now())] });
      throw new Error('the batch fails');
    });
    await expect(failing).rejects.toThrow('the batch fails');
    await stage.decide();
    expect([await stage.mails(), await stage.count('standings')]).toEqual([[], 0]);
  });

  it('are made once though two processes decide at the same time', async () => {
    await stage.owner();
    const attempts = Array.from({ length: 20 }, () => anAttempt(stage.clock.now()));
    await Promise.all(attempts.map((attempt) => stage.stored({ attempts: [attempt] })));
    await Promise.all([stage.decide(), stage.decide(), stage.decide()]);
    stage.clock.pass(15);
    await Promise.all([stage.decide(), stage.decide(), stage.decide()]);
    expect((await stage.mails()).map(({ subject }) => subject)).toEqual([
      '[Hookstream] Billing: order_created failed, the receiver failed (500)',
      '[Hookstream] Billing: 19 more attempts failed',
    ]);
  });
});
