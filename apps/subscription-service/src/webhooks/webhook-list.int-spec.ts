import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { loadCatalog } from '#libs/catalog';
import { parseEgressPolicy } from '#libs/egress';
import { Secret, SystemClock } from '#libs/kernel';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { createDatabase, type TestDatabase, uniqueName } from '#libs/testing';
import { databaseOptions } from '../database-options.js';
import { ServiceOutbox } from '../outbox/index.js';
import { SecretMaker } from './secret-maker.js';
import { WebhookPgStore } from './webhook.pg-store.js';
import { WebhookPublisher } from './webhook.publisher.js';
import { WebhookRules } from './webhook.rules.js';
import { type ListRequest, WebhookService } from './webhook.service.js';

describe('the list of webhooks', () => {
  let database: TestDatabase;
  let source: DataSource;
  let service: WebhookService;

  beforeAll(async () => {
    database = await createDatabase();
    const options = databaseOptions(new Secret(database.url));
    await migrate(options);
    source = await createDataSource(options).initialize();
    const catalog = loadCatalog();
    const store = new WebhookPgStore(new UnitOfWork(source), new ServiceOutbox(), new WebhookPublisher('test'));
    const secrets = new SecretMaker(new Sealer(parseMasterKeys(`k1:${randomBytes(32).toString('base64')}`)));
    service = new WebhookService(store, new WebhookRules(catalog, parseEgressPolicy('', false)), secrets, catalog, new SystemClock());
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const caller = (accountId: string) => ({ accountId, actor: 'test', keyId: null, scopes: new Set<never>() });
  async function create(accountId: string, name: string, overrides: object = {}): Promise<string> {
    const settings = {
      name,
      url: 'https://example.com/',
      method: 'POST' as const,
      channelId: null,
      events: ['*'],
      filter: null,
      headers: {},
      payloadFormat: 'DEFAULT' as const,
      timeoutMs: 15_000,
      notificationType: 'REST' as const,
      retryPolicy: null,
      maxInFlight: 10,
      rateLimit: null,
      metadata: {},
      notifyEmails: [],
      ...overrides,
    };
    return (await service.create(caller(accountId), { settings })).webhook.id;
  }
  const names = async (accountId: string, asked: Partial<ListRequest>): Promise<string[]> =>
    (await service.list(caller(accountId), { limit: 100, ...asked })).webhooks.map((webhook) => webhook.name).sort();

  it('is filtered by what webhooks get, whatever entry says so', async () => {
    const accountId = uniqueName('acc');
    await create(accountId, 'one', { events: ['order_created'] });
    await create(accountId, 'module', { events: ['orders:*', 'messages:*'] });
    await create(accountId, 'all', { events: ['*'] });
    await create(accountId, 'other', { events: ['messages:*'] });
    expect(await names(accountId, { event: 'order_created' })).toEqual(['all', 'module', 'one']);
    expect(await names(accountId, { event: 'orders:*' })).toEqual(['all', 'module']);
    expect(await names(accountId, { event: '*' })).toEqual(['all']);
    expect(await names(accountId, { module: 'orders' })).toEqual(['all', 'module', 'one']);
    expect(await names(accountId, { module: 'messages', event: 'order_created' })).toEqual(['all', 'module']);
    expect(await names(accountId, { event: 'no_such_type' })).toEqual([]);
    expect(await names(accountId, { module: 'no_such_module' })).toEqual([]);
  });

  it('is searched by part of the name or the URL, in any case, each character as itself', async () => {
    const accountId = uniqueName('acc');
    await create(accountId, 'Ärger 100%', { url: 'https://example.com/Hooks?Tenant=7' });
    await create(accountId, 'b_illing', { url: 'https://billing.example.com/' });
    expect(await names(accountId, { q: 'ÄRGER' })).toEqual(['Ärger 100%']);
    expect(await names(accountId, { q: 'A\u0308rg' })).toEqual(['Ärger 100%']);
    expect(await names(accountId, { q: 'hooks?tenant' })).toEqual(['Ärger 100%']);
    expect(await names(accountId, { q: 'EXAMPLE' })).toEqual(['b_illing', 'Ärger 100%']);
    expect(await names(accountId, { q: '0%' })).toEqual(['Ärger 100%']);
    expect(await names(accountId, { q: '_' })).toEqual(['b_illing']);
    expect(await names(accountId, { q: "'; --" })).toEqual([]);
  });

  it('finds a webhook by its new name once it is changed', async () => {
    const accountId = uniqueName('acc');
    const id = await create(accountId, 'before');
    await service.update(caller(accountId), id, { settings: { name: 'after' } });
    expect(await names(accountId, { q: 'BEFORE' })).toEqual([]);
    expect(await names(accountId, { q: 'AFTER' })).toEqual(['after']);
  });

  it('shows each webhook of the beginning once, page by page, while others are added and taken away', async () => {
    const accountId = uniqueName('acc');
    const principal = caller(accountId);
    const made: string[] = [];
    for (let i = 0; i < 20; i++) made.push(await create(accountId, `page ${i}`));
    const doomed = await create(accountId, 'doomed');
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; ; page++) {
      const { webhooks, next } = await service.list(principal, { limit: 3, q: 'PAGE', after });
      seen.push(...webhooks.map((webhook) => webhook.id));
      if (next === null) break;
      after = next;
      await create(accountId, `page added ${page}`);
      if (page === 0) await service.delete(principal, doomed);
    }
    expect(seen).toEqual([...made].reverse());
  });
});
