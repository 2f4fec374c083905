import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { loadCatalog } from '#libs/catalog';
import { parseEgressPolicy } from '#libs/egress';
import { AppError, Secret, SystemClock } from '#libs/kernel';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { createDatabase, type TestDatabase } from '#libs/testing';
import { databaseOptions } from '../database-options.js';
import { ServiceOutbox } from '../outbox/index.js';
import { rebuildReadModel } from './rebuild-read-model.js';
import { SecretMaker } from './secret-maker.js';
import { command, type Step } from './webhook-commands.int-fixture.js';
import type { FullWebhookRequest } from './webhook-request.js';
import { WebhookPgStore } from './webhook.pg-store.js';
import { WebhookPublisher } from './webhook.publisher.js';
import { WebhookRules } from './webhook.rules.js';
import { WebhookService } from './webhook.service.js';

const CALLER = { accountId: 'default', actor: 'admin', keyId: null, scopes: new Set(['admin' as const]) };
const SEED = process.env['FC_SEED'] ? Number(process.env['FC_SEED']) : undefined;

describe('the read model of webhooks', () => {
  let database: TestDatabase;
  let source: DataSource;
  let unitOfWork: UnitOfWork;
  let store: WebhookPgStore;
  let service: WebhookService;

  beforeAll(async () => {
    database = await createDatabase();
    const options = databaseOptions(new Secret(database.url));
    await migrate(options);
    source = await createDataSource(options).initialize();
    unitOfWork = new UnitOfWork(source);
    store = new WebhookPgStore(unitOfWork, new ServiceOutbox(), new WebhookPublisher('test'));
    const secrets = new SecretMaker(new Sealer(parseMasterKeys(`k1:${randomBytes(32).toString('base64')}`)));
    const catalog = loadCatalog();
    const rules = new WebhookRules(catalog, parseEgressPolicy('', false));
    service = new WebhookService(store, rules, secrets, catalog, new SystemClock());
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const rows = () => source.query<Record<string, unknown>[]>('select w.* from subscription.webhooks as w order by w.id');
  const sealedIds = async (): Promise<string[]> =>
    (await source.query<{ id: string }[]>('select s.id from subscription.webhook_secrets as s order by s.id')).map((row) => row.id);

  async function run(step: Step, ids: string[]): Promise<void> {
    const id = 'pick' in step ? (ids[step.pick % Math.max(ids.length, 1)] ?? 'wh_none') : '';
    try {
      if (step.kind === 'create') ids.push((await service.create(CALLER, step.request)).webhook.id);
      else if (step.kind === 'update') await service.update(CALLER, id, step.request);
      else if (step.kind === 'replace') await service.replace(CALLER, id, step.request);
      else if (step.kind === 'setStatus') await service.setStatus(CALLER, id, step.status);
      else await service.delete(CALLER, id);
    } catch (error) {
      if (!(error instanceof AppError && ['notFound', 'conflict'].includes(error.kind))) throw error;
    }
  }

  it('rebuilt from the events equals the live one, whatever the commands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 30 }), async (commands) => {
        const ids: string[] = [];
        for (const step of commands) await run(step, ids);
        const live = await rows();
        expect(await rebuildReadModel(unitOfWork)).toBe(live.length);
        expect(await rows()).toEqual(live);
        expect(JSON.stringify(await rows())).toBe(JSON.stringify(live));
        for (const id of ids) expect(await store.load('default', id)).toEqual(await store.find('default', id));
      }),
      { numRuns: 25, ...(SEED === undefined ? {} : { seed: SEED }) },
    );
  });

  it('rebuilt from events of before there were limits has the defaults', async () => {
    const { webhook } = await service.create(CALLER, aRequest('early'));
    // As the first release stored it.
    await source.query(
      `update subscription.webhook_events as e
          set data = (e.data::jsonb #- '{settings,retryPolicy}' #- '{settings,maxInFlight}' #- '{settings,rateLimit}' #- '{settings,metadata}')::json
        where e.stream_id = $1`,
      [webhook.id],
    );
    await rebuildReadModel(unitOfWork);
    expect(await store.find('default', webhook.id)).toEqual(webhook);
    expect(await store.load('default', webhook.id)).toEqual(webhook);
    const { webhook: changed } = await service.update(CALLER, webhook.id, { settings: { metadata: { a: 'b' } } });
    expect(changed).toMatchObject({ retryPolicy: null, maxInFlight: 10, rateLimit: null, metadata: { a: 'b' } });
  });

  it('rebuilt while commands run loses none of them', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, (_, i) => service.create(CALLER, aRequest(`busy ${i}`))));
    const changing = made.map(async ({ webhook }) => {
      for (let i = 0; i < 10; i++) await service.update(CALLER, webhook.id, { settings: { timeoutMs: 1_000 + i } });
    });
    for (let i = 0; i < 5; i++) await rebuildReadModel(unitOfWork);
    await Promise.all(changing);
    for (const { webhook } of made) {
      const found = await store.find('default', webhook.id);
      expect(found).toMatchObject({ version: 11, timeoutMs: 1_009 });
      expect(await store.load('default', webhook.id)).toEqual(found);
    }
  });

  it('keeps ciphertext of exactly what live webhooks use: what is replaced or deleted is destroyed', async () => {
    const { webhook } = await service.create(CALLER, { ...aRequest('vault'), auth: { type: 'BEARER', token: 'first' } });
    const first = [webhook.auth.credentialsId!, webhook.secrets[0]!.id];
    expect(await sealedIds()).toEqual(expect.arrayContaining(first));
    const changed = await service.update(CALLER, webhook.id, { settings: {}, signing: true, auth: { type: 'BEARER', token: 'second' } });
    const second = [changed.webhook.auth.credentialsId!, changed.webhook.secrets[0]!.id];
    const kept = await sealedIds();
    expect(kept).toEqual(expect.arrayContaining(second));
    expect(kept).not.toContain(first[0]);
    expect(kept).not.toContain(first[1]);
    await service.delete(CALLER, webhook.id);
    const left = await sealedIds();
    for (const id of second) expect(left).not.toContain(id);
  });

  it('keeps neither secrets nor ciphertext in the events', async () => {
    const secret = 'canary secret 123';
    const auth = { type: 'BASIC' as const, username: 'u', password: 'canary password' };
    await service.create(CALLER, { ...aRequest('canary'), auth, secret: new Secret(secret) });
    const text = JSON.stringify(await source.query('select e.data from subscription.webhook_events as e'));
    expect(text).not.toContain('canary secret');
    expect(text).not.toContain('canary password');
    expect(text).not.toContain('v1.k1.');
  });

  it('decides concurrent changes of one webhook one after the other', async () => {
    const { webhook } = await service.create(CALLER, aRequest('contended'));
    await Promise.all([
      service.update(CALLER, webhook.id, { settings: { timeoutMs: 2_000 } }),
      service.update(CALLER, webhook.id, { settings: { method: 'PUT' } }),
      service.update(CALLER, webhook.id, { settings: { channelId: 'c9' } }),
    ]);
    expect(await store.find('default', webhook.id)).toMatchObject({ version: 4, timeoutMs: 2_000, method: 'PUT', channelId: 'c9' });
  });

  it('has no row for another account', async () => {
    const { webhook } = await service.create(CALLER, aRequest('mine'));
    const other = { ...CALLER, accountId: 'other' };
    await expect(service.get(other, webhook.id)).rejects.toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
    await expect(service.delete(other, webhook.id)).rejects.toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
    expect((await service.list(other, { limit: 10 })).webhooks).toEqual([]);
  });
});

function aRequest(name: string): FullWebhookRequest {
  return {
    settings: {
      name,
      url: 'https://example.com/',
      method: 'POST',
      channelId: null,
      events: ['*'],
      filter: null,
      headers: {},
      payloadFormat: 'DEFAULT',
      timeoutMs: 15_000,
      notificationType: 'REST',
      retryPolicy: null,
      maxInFlight: 10,
      rateLimit: null,
      metadata: {},
      notifyEmails: [],
    },
  };
}
