import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Secret } from '#libs/kernel';
import { createDataSource, migrate, migrateDown, UnitOfWork } from '#libs/persistence';
import { createDatabase, type TestDatabase } from '#libs/testing';
import { databaseOptions } from '../database-options.js';
import { migrations } from '../migrations/index.js';
import { ServiceOutbox } from '../outbox/index.js';
import { WebhookPgStore } from './webhook.pg-store.js';
import { WebhookPublisher } from './webhook.publisher.js';

const FIRST_RELEASE = 5;
const ROW = `insert into subscription.webhooks (id, account_id, version, name, url, method, channel_id, events, headers, auth,
    payload_format, signing, secrets, status, disabled_reason, notification_type, timeout_ms, created_at, updated_at)
  values ($1, 'default', 1, $2, 'https://Example.com/', 'POST', null, '{*}', '{}', '{"type":"NONE","credentialsId":null}',
    'DEFAULT', false, '[]', $3, null, 'REST', 15000, now(), now())`;
const EVENT = `insert into subscription.webhook_events (stream_id, version, type, data, actor, occurred_at)
  values ('wh_off', $1, $2, '{}', 'admin', $3)`;
const EVENTS = ['webhook.created', 'webhook.disabled', 'webhook.enabled', 'webhook.disabled', 'webhook.updated'];

describe('a webhook that the first release wrote', () => {
  let database: TestDatabase;
  let source: DataSource;
  let store: WebhookPgStore;

  beforeAll(async () => {
    database = await createDatabase();
    const options = databaseOptions(new Secret(database.url));
    await migrate(options);
    await migrateDown(options, migrations.length - FIRST_RELEASE);
    source = await createDataSource(options).initialize();
    await source.query(ROW, ['wh_before', 'Before', 'enabled']);
    await source.query(ROW, ['wh_off', 'Off', 'disabled']);
    for (const [i, type] of EVENTS.entries()) await source.query(EVENT, [i + 1, type, `2026-11-2${i}T10:00:00Z`]);
    await migrate(options);
    store = new WebhookPgStore(new UnitOfWork(source), new ServiceOutbox(), new WebhookPublisher('test'));
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('has the defaults and is found once the tables are brought up to date', async () => {
    const [webhook] = await store.list('default', { search: 'BEFORE', limit: 10 });
    expect(webhook).toMatchObject({ id: 'wh_before', retryPolicy: null, maxInFlight: 10, rateLimit: null, metadata: {} });
    expect(webhook!.disabledAt).toBeNull();
  });

  it('says since when it is disabled, out of its events', async () => {
    expect(await store.find('default', 'wh_off')).toMatchObject({ disabledAt: '2026-11-23T10:00:00.000Z' });
  });

  it('may still be written while both releases run', async () => {
    await source.query(ROW, ['wh_beside', 'Beside', 'enabled']);
    expect(await store.find('default', 'wh_beside')).toMatchObject({ retryPolicy: null, maxInFlight: 10, rateLimit: null, metadata: {} });
  });
});
