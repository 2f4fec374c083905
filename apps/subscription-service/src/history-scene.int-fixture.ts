import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { expect } from '@jest/globals';
import type { EndpointHealthV1, EventUnmatchedV1 } from '#libs/contracts';
import { Secret } from '#libs/kernel';
import { createDataSource, UnitOfWork } from '#libs/persistence';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { historyDatabaseOptions } from './history-schema/index.js';
import { HistoryListener } from './projector/history-listener.js';
import { HistoryPgStore } from './projector/history.pg-store.js';
import type { HistoryRecord } from './projector/history-record.js';
import { ProjectionPgStore } from './projector/projection.pg-store.js';
import { NO_REDACTION } from './projector/redaction.js';
import type { DeliveryHistory } from './projector/testing-support/a-history.js';
import { ADMIN_KEY, startSubscriptionService } from './subscription-app.int-fixture.js';

class NobodyListens extends HistoryListener {
  override stored(): Promise<void> {
    return Promise.resolve();
  }
}

/** The whole service over a database into which a test stores a history as the projector does. */
export class HistoryScene {
  private constructor(
    private readonly database: TestDatabase,
    private readonly source: ReturnType<typeof createDataSource>,
    readonly app: NestFastifyApplication,
  ) {}

  static async open(env: NodeJS.ProcessEnv = {}): Promise<HistoryScene> {
    const database = await createDatabase();
    const options = { databaseUrl: database.url, brokers: kafkaBrokers().join(), topicPrefix: uniqueName('reads'), env };
    const app = await startSubscriptionService(options);
    const source = createDataSource(historyDatabaseOptions(new Secret(database.url), 'test'));
    await source.initialize();
    return new HistoryScene(database, source, app);
  }

  get unitOfWork(): UnitOfWork {
    return new UnitOfWork(this.source);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.source.destroy();
    await this.database.drop();
  }

  /** Stores everything that is known of these deliveries, the health of endpoints, and events that no webhook wanted. */
  async store(
    histories: readonly DeliveryHistory[],
    health: readonly EndpointHealthV1[] = [],
    unmatched: readonly EventUnmatchedV1[] = [],
  ): Promise<void> {
    const publishedAt = Date.now();
    const records: HistoryRecord[] = [
      ...histories.flatMap(({ request, attempts, outcome }): HistoryRecord[] => [
        { publishedAt, kind: 'requested', requested: request },
        ...attempts.map((attempted) => ({ publishedAt, kind: 'attempted' as const, attempted })),
        ...(outcome ? [{ publishedAt, kind: 'outcome' as const, outcome }] : []),
      ]),
      ...unmatched.map((one) => ({ publishedAt, kind: 'unmatched' as const, unmatched: one })),
      ...health.map((one) => ({ publishedAt, kind: 'health' as const, health: one })),
    ];
    const { generation } = await new ProjectionPgStore(this.unitOfWork).state();
    await new HistoryPgStore(this.unitOfWork, NO_REDACTION, new NobodyListens()).store(records, generation);
  }

  /** Creates a webhook of an account. */
  async webhook(settings: object = {}, account?: string): Promise<string> {
    const body = { name: uniqueName('w'), url: 'http://127.0.0.1:9/', events: ['*'], ...settings };
    return (await this.post<{ id: string }>('/v1/webhooks', body, account)).id;
  }

  async account(): Promise<string> {
    return (await this.post<{ id: string }>('/v1/accounts', { id: uniqueName('acc'), name: 'a' })).id;
  }

  async post<T>(url: string, body: object, account?: string): Promise<T> {
    const answer = await this.app.inject({ method: 'POST', url, headers: this.headers(account), payload: body });
    expect([answer.statusCode < 300, answer.statusCode < 300 || answer.body]).toEqual([true, true]);
    return answer.json<T>();
  }

  get(url: string, account?: string) {
    return this.app.inject({ method: 'GET', url, headers: this.headers(account) });
  }

  async read<T>(url: string, account?: string): Promise<T> {
    const answer = await this.get(url, account);
    expect([answer.statusCode, answer.statusCode === 200 || answer.body]).toEqual([200, true]);
    return answer.json<T>();
  }

  headers(account?: string): Record<string, string> {
    return { authorization: `Bearer ${ADMIN_KEY}`, ...(account === undefined ? {} : { 'hookstream-account': account }) };
  }
}
