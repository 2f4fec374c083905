import type { DataSource } from 'typeorm';
import { loadCatalog } from '#libs/catalog';
import { parseEgressPolicy } from '#libs/egress';
import { type Clock, Secret, SystemClock } from '#libs/kernel';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { createDatabase } from '#libs/testing';
import type { Principal } from '../auth/index.js';
import { databaseOptions } from '../database-options.js';
import { ServiceOutbox } from '../outbox/index.js';
import { SecretMaker } from './secret-maker.js';
import type { FullWebhookRequest } from './webhook-request.js';
import { WebhookPgStore } from './webhook.pg-store.js';
import { WebhookPublisher } from './webhook.publisher.js';
import { WebhookRules } from './webhook.rules.js';
import { WebhookService } from './webhook.service.js';

/** The webhooks of a service on a database of its own, without HTTP and Kafka. */
export interface WebhookStage {
  readonly source: DataSource;
  readonly unitOfWork: UnitOfWork;
  readonly store: WebhookPgStore;
  /** The commands, sealing under the first of these keys. */
  service: (masterKeys: string, clock?: Clock) => WebhookService;
  close: () => Promise<void>;
}

export async function webhookStage(): Promise<WebhookStage> {
  const database = await createDatabase();
  const options = databaseOptions(new Secret(database.url));
  await migrate(options);
  const source = await createDataSource(options).initialize();
  const unitOfWork = new UnitOfWork(source);
  const store = new WebhookPgStore(unitOfWork, new ServiceOutbox(), new WebhookPublisher('test'));
  const catalog = loadCatalog();
  const rules = new WebhookRules(catalog, parseEgressPolicy('', false));
  return {
    source,
    unitOfWork,
    store,
    service: (masterKeys, clock = new SystemClock()) =>
      new WebhookService(store, rules, new SecretMaker(new Sealer(parseMasterKeys(masterKeys))), catalog, clock),
    close: async () => {
      await source.destroy();
      await database.drop();
    },
  };
}

export function aCaller(accountId = 'default'): Principal {
  return { accountId, actor: 'test', keyId: null, scopes: new Set<never>() };
}

export function aFullRequest(name: string, overrides: Partial<Omit<FullWebhookRequest, 'settings'>> = {}): FullWebhookRequest {
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
    ...overrides,
  };
}
