import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { uniqueName } from '#libs/testing';
import { resealSecrets } from './reseal-secrets.js';
import { aCaller, aFullRequest, type WebhookStage, webhookStage } from './webhook-service.int-fixture.js';

const OLD = `old:${randomBytes(32).toString('base64')}`;
const NEW = `new:${randomBytes(32).toString('base64')}`;
const WEBHOOKS = 130; // more than one batch

describe('sealing secrets anew under another master key', () => {
  let stage: WebhookStage;
  const caller = aCaller();
  beforeAll(async () => {
    stage = await webhookStage();
  });
  afterAll(() => stage.close());

  const keyIds = async (): Promise<string[]> =>
    (
      await stage.source.query<{ id: string }[]>(
        `select distinct split_part(s.sealed, '.', 2) as id from subscription.webhook_secrets as s order by 1`,
      )
    ).map(({ id }) => id);

  it('moves everything, loses no change made meanwhile, and tells the new states', async () => {
    const before = stage.service(OLD);
    const shown = new Map<string, string>();
    for (let n = 0; n < WEBHOOKS; n++) {
      const auth = n % 2 === 0 ? { auth: { type: 'BEARER' as const, token: `token ${n}` } } : {};
      const created = await before.create(caller, aFullRequest(uniqueName('n'), auth));
      shown.set(created.webhook.id, created.shown!.secret);
    }
    const ids = [...shown.keys()];
    // An instance that does not know the new key yet goes on changing webhooks.
    const during = stage.service(`${OLD},${NEW}`);
    const changes = (async () => {
      for (const id of ids.filter((_, n) => n % 3 === 0)) {
        const { shown: rotated } = await during.rotateSecret(caller, id, { overlapSeconds: 3600 });
        shown.set(id, rotated.secret);
        await during.update(caller, id, { settings: { timeoutMs: 2000 } });
      }
    })();
    const keys = parseMasterKeys(`${NEW},${OLD}`);
    await Promise.all([resealSecrets(stage.unitOfWork, keys, 'test'), changes]);
    await resealSecrets(stage.unitOfWork, keys, 'test');
    expect(await keyIds()).toEqual(['new']);

    const sealer = new Sealer(parseMasterKeys(NEW));
    for (const [n, id] of ids.entries()) {
      const webhook = (await stage.store.load('default', id))!;
      const sealed = new Map((await stage.store.sealedOf(id)).map((value) => [value.id, value.sealed]));
      const [newest] = webhook.secrets;
      expect(sealer.open(sealed.get(newest!.id)!, ['signing', 'default', id, newest!.id]).toString()).toBe(shown.get(id));
      if (n % 2 === 0) {
        const credentials = sealer.open(sealed.get(webhook.auth.credentialsId!)!, ['auth', 'default', id]).toString();
        expect(JSON.parse(credentials)).toEqual({ type: 'BEARER', token: `token ${n}` });
      }
      expect([webhook.timeoutMs, webhook.secrets.length]).toEqual(n % 3 === 0 ? [2000, 2] : [15_000, 1]);
      const [{ value }] = await stage.source.query<[{ value: Buffer }]>(
        `select o.value from subscription.outbox as o where o.topic = 'test.webhooks' and o.key = $1 order by o.id desc limit 1`,
        [id],
      );
      expect(value.toString()).not.toContain('v1.old.');
    }
  });

  it('changes nothing when everything is under the first key', async () => {
    const keys = parseMasterKeys(NEW);
    expect(await resealSecrets(stage.unitOfWork, keys, 'test')).toEqual({ webhooks: 0, values: 0, failed: [] });
  });

  it('goes on after one that cannot be opened, and names it', async () => {
    const lost = await stage.service(`lost:${randomBytes(32).toString('base64')}`).create(caller, aFullRequest(uniqueName('n')));
    const other = await stage.service(OLD).create(caller, aFullRequest(uniqueName('n')));
    const resealed = await resealSecrets(stage.unitOfWork, parseMasterKeys(`${NEW},${OLD}`), 'test');
    expect(resealed).toEqual({ webhooks: 1, values: 1, failed: [lost.webhook.id] });
    expect((await stage.store.sealedOf(other.webhook.id))[0]!.sealed).toContain('v1.new.');
  });
});
