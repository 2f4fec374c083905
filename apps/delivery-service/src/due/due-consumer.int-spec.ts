import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  decodeDeliveryRequested,
  decodeOutcome,
  encodeRetryScheduled,
  encodeWebhookState,
  encodeWebhookTombstone,
  headerText,
  type ReceivedRecord,
  type RetryScheduledV1,
  Topics,
  type WebhookStateV1,
} from '#libs/contracts';
import { Secret } from '#libs/kernel';
import { KafkaConnection, MessagingModule, TopicAdmin } from '#libs/messaging';
import { HealthRegistry, RuntimeModule } from '#libs/runtime';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { aWebhook, closeAfterTest, closesResources, createDatabase, eventually, kafkaBrokers, TestKafka, uniqueName } from '#libs/testing';
import { EmbeddedPostgres } from '../../../../tools/local-stack/src/index.js';
import { WebhooksModule, WebhookView } from '../webhooks/index.js';
import { aRetry, HOUR_MS, inMs } from './testing-support/due-stage.js';
import { connectDueConsumer, DueModule, startDue } from './index.js';

closesResources();

/** The due table as the service runs it, alone on its topics; a plain client beside it. */
class ConsumerStage {
  readonly prefix = uniqueName('due');
  readonly kafka = new TestKafka();
  requests: readonly ReceivedRecord[] = [];
  outcomes: readonly ReceivedRecord[] = [];
  private app!: INestApplication;

  async start(databaseUrl: string, { connected = true } = {}): Promise<this> {
    const topic = (name: string) => `${this.prefix}.${name}`;
    const messaging = MessagingModule.forRoot({ settings: { brokers: kafkaBrokers(), clientId: 'due' }, topicPrefix: this.prefix });
    const sealer = new Sealer(parseMasterKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`));
    const webhooks = WebhooksModule.forRoot({ topic: topic('webhooks'), sealer, imports: [messaging] });
    const due = DueModule.forRoot({
      databaseUrl: new Secret(databaseUrl),
      topics: { deliveries: topic('deliveries'), outcomes: topic('outcomes') },
      pace: { perSecond: 1000, perWebhook: 1000 },
      imports: [messaging, webhooks],
    });
    class App {}
    const imports = [RuntimeModule.forRoot({ service: 'due', logLevel: 'fatal' }), messaging, webhooks, due];
    this.app = await NestFactory.create<NestFastifyApplication>({ module: App, imports }, new FastifyAdapter(), { logger: false });
    closeAfterTest(async () => {
      await this.app.close();
      await this.kafka.close();
    });
    const topics = [Topics.webhooks, Topics.deliveries, Topics.retries, Topics.outcomes, Topics.deadLetters];
    await new TopicAdmin(this.app.get(KafkaConnection)).ensureTopics(topics, { partitions: 2, replicationFactor: 1, prefix: this.prefix });
    connectDueConsumer(this.app, { TOPIC_PREFIX: this.prefix });
    await this.app.init();
    await this.app.get(WebhookView).load();
    // What is found at the start would hide what is not told later.
    if (connected) await eventually(() => this.part('due')?.ready);
    startDue(this.app);
    await this.app.startAllMicroservices();
    [this.requests, this.outcomes] = await Promise.all([this.kafka.follow(topic('deliveries')), this.kafka.follow(topic('outcomes'))]);
    return this;
  }

  part = (name: string) => this.app.get(HealthRegistry).health().parts[name];

  async retry(...retries: RetryScheduledV1[]): Promise<void> {
    const records = retries.map((retry) => encodeRetryScheduled(retry, '/test'));
    await this.kafka.produce(
      `${this.prefix}.retries`,
      records.map(({ key, value, headers }) => ({ key, value, headers: headers as never })),
    );
  }

  async webhook(state: WebhookStateV1): Promise<WebhookStateV1> {
    const { key, value, headers } = encodeWebhookState(state, '/test');
    await this.kafka.produce(`${this.prefix}.webhooks`, [{ key, value, headers: headers as never }]);
    return state;
  }

  async delete(state: WebhookStateV1): Promise<void> {
    const { key, value, headers } = encodeWebhookTombstone({ ...state, version: state.version + 1, time: state.updatedAt }, '/test');
    await this.kafka.produce(`${this.prefix}.webhooks`, [{ key, value, headers: headers as never }]);
  }

  stored = () => eventually(async () => (await this.kafka.lag(`${this.prefix}.delivery-scheduler`, `${this.prefix}.retries`)) === 0);
}

describe('the consumer of retries', () => {
  it('brings a retry back as a delivery request when it is due, and buries what it cannot read', async () => {
    const database = await createDatabase();
    closeAfterTest(() => database.drop());
    const stage = await new ConsumerStage().start(database.url);
    await stage.kafka.produce(`${stage.prefix}.retries`, [{ key: 'wh', value: '{}', headers: { ce_specversion: '1.0' } }]);
    const [due, soon] = [aRetry(), aRetry({ dueAt: inMs(500) })];
    await stage.retry(due, soon, due);
    await eventually(() => stage.requests.length >= 2);
    const byId = new Map(stage.requests.map((record) => [decodeDeliveryRequested(record).deliveryId, record]));
    for (const { delivery } of [due, soon]) {
      const record = byId.get(delivery.deliveryId)!;
      expect(decodeDeliveryRequested(record)).toEqual(delivery);
      expect(record.key?.toString()).toBe(delivery.webhookId);
    }
    const [letter] = await stage.kafka.waitFor(`${stage.prefix}.dead-letters`, 1);
    expect(headerText(letter!.headers, 'ce_reason')).toBe('CE_ATTRIBUTE_MISSING');
  });

  it('follows what becomes of webhooks', async () => {
    const database = await createDatabase();
    closeAfterTest(() => database.drop());
    const stage = await new ConsumerStage().start(database.url);
    const [resting, doomed] = [await stage.webhook(aWebhook({ status: 'disabled' })), await stage.webhook(aWebhook())];
    const parked = aRetry({ cause: 'disabled', dueAt: inMs(HOUR_MS), delivery: { webhookId: resting.id } });
    const later = aRetry({ dueAt: inMs(HOUR_MS), delivery: { webhookId: doomed.id } });
    await stage.retry(parked, later);
    await stage.stored();
    expect(stage.requests).toHaveLength(0);
    await stage.webhook({ ...resting, version: 2, status: 'enabled' });
    await stage.delete(doomed);
    await eventually(() => stage.requests.length === 1 && stage.outcomes.length === 1);
    expect(decodeDeliveryRequested(stage.requests[0]!).deliveryId).toBe(parked.delivery.deliveryId);
    expect(decodeOutcome(stage.outcomes[0]!)).toMatchObject({ deliveryId: later.delivery.deliveryId, reason: 'webhook_deleted' });
  });

  it('loses nothing while the database is away, at the start and later, and says that it is unready', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hookstream-due-'));
    const server = await EmbeddedPostgres.start({ dataDir, port: 0 });
    closeAfterTest(async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });
    await server.kill();
    const stage = await new ConsumerStage().start(server.url, { connected: false });
    expect(stage.part('due')).toMatchObject({ ready: false, live: true });
    const retries = Array.from({ length: 500 }, () => aRetry());
    await stage.retry(...retries.slice(0, 250));
    await server.restart();
    await eventually(() => stage.part('due')!.ready && stage.requests.length > 0);
    await server.kill();
    await stage.retry(...retries.slice(250));
    await eventually(() => !stage.part('due')!.ready);
    await server.restart();
    const identities = () => new Set(stage.requests.map((record) => headerText(record.headers, 'ce_id')));
    await eventually(() => identities().size === 500);
    expect(identities()).toEqual(new Set(retries.map(({ delivery }) => `${delivery.deliveryId}:2:1`)));
    await stage.stored();
  });
});
