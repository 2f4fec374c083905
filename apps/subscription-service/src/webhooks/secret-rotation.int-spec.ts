import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock, Secret } from '#libs/kernel';
import { uniqueName } from '#libs/testing';
import { EndedSecrets } from './ended-secrets.js';
import { aCaller, aFullRequest, type WebhookStage, webhookStage } from './webhook-service.int-fixture.js';
import type { WebhookService } from './webhook.service.js';

const START = Date.parse('2026-11-20T10:00:00Z');
const HOUR = 3_600_000;

class SetClock extends Clock {
  time = START;
  override now(): number {
    return this.time;
  }
}

describe('the rotation of a signing secret', () => {
  let stage: WebhookStage;
  let service: WebhookService;
  const clock = new SetClock();
  const caller = aCaller();

  beforeAll(async () => {
    stage = await webhookStage();
    service = stage.service(`k1:${randomBytes(32).toString('base64')}`, clock);
  });
  afterAll(() => stage.close());

  const create = async (): Promise<string> => (await service.create(caller, aFullRequest(uniqueName('n')))).webhook.id;
  const rotate = (id: string, overlapSeconds: number, secret?: string) =>
    service.rotateSecret(caller, id, { overlapSeconds, secret: secret === undefined ? undefined : new Secret(secret) });
  const validity = async (id: string) => (await service.get(caller, id)).secrets.map(({ validUntil }) => validUntil);
  const sealed = async (id: string) => (await stage.store.sealedOf(id)).length;
  /** What the compacted topic will hold of a webhook's secrets. */
  const published = async (id: string): Promise<number> => {
    const rows = await stage.source.query<{ value: Buffer | null }[]>(
      `select o.value from subscription.outbox as o where o.topic = 'test.webhooks' and o.key = $1 order by o.id desc limit 1`,
      [id],
    );
    return (JSON.parse(rows[0]!.value!.toString('utf8')) as { secrets: unknown[] }).secrets.length;
  };

  it('shows the new secret once, and lets the one before sign until the overlap ends', async () => {
    const id = await create();
    const { shown, previousValidUntil } = await rotate(id, 3600);
    expect(shown.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(shown.secretWhsec).toMatch(/^whsec_/);
    expect(previousValidUntil).toBe(new Date(START + HOUR).toISOString());
    expect(await validity(id)).toEqual([null, previousValidUntil]);
    expect(await published(id)).toBe(2);
  });

  it('takes the owner’s own secret, and refuses one that is too short', async () => {
    const id = await create();
    expect((await rotate(id, 0, 'my own secret, long')).shown.secret).toBe('my own secret, long');
    await expect(rotate(id, 0, 'short')).rejects.toMatchObject({ code: 'VALIDATION_FAILED', fields: [{ field: 'secret' }] });
  });

  it('without an overlap destroys the one before at once', async () => {
    const id = await create();
    expect((await rotate(id, 0)).previousValidUntil).toBeNull();
    expect(await validity(id)).toEqual([null]);
    expect(await sealed(id)).toBe(1);
  });

  it('keeps two at most: a second rotation destroys the one that was replaced first', async () => {
    const id = await create();
    await rotate(id, 7200);
    await rotate(id, 3600);
    expect(await validity(id)).toEqual([null, new Date(START + HOUR).toISOString()]);
    expect(await sealed(id)).toBe(2);
  });

  it('can be ended before the overlap is over', async () => {
    const id = await create();
    await rotate(id, 3600);
    await service.revokePreviousSecret(caller, id);
    expect(await validity(id)).toEqual([null]);
    expect([await sealed(id), await published(id)]).toEqual([1, 1]);
    const { version } = await service.get(caller, id);
    expect((await service.revokePreviousSecret(caller, id)).version).toBe(version);
  });

  it('destroys what has had its time, here and on the topic, and nothing else', async () => {
    const [over, lasting] = [await create(), await create()];
    await rotate(over, 3600);
    await rotate(lasting, 7200);
    clock.time = START + HOUR;
    try {
      await new EndedSecrets(stage.store, service, clock).destroy();
    } finally {
      clock.time = START;
    }
    expect([await validity(over), await sealed(over), await published(over)]).toEqual([[null], 1, 1]);
    expect(await sealed(lasting)).toBe(2);
  });

  it('is refused while signing is off', async () => {
    const { webhook } = await service.create(caller, aFullRequest(uniqueName('n'), { signing: false }));
    await expect(rotate(webhook.id, 0)).rejects.toMatchObject({ code: 'WEBHOOK_NOT_SIGNED' });
  });

  it('leaves nothing of a webhook that is deleted', async () => {
    const id = await create();
    await rotate(id, 3600);
    await service.delete(caller, id);
    expect(await sealed(id)).toBe(0);
  });
});
