import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  decodeAttempted,
  decodeOutcome,
  decodeRetryScheduled,
  encodeDeliveryRequested,
  encodeWebhookState,
  encodeWebhookTombstone,
  type DeliveryRequestedV1,
  type ReceivedRecord,
  type WebhookStateV1,
  type WireRecord,
} from '#libs/contracts';
import { KafkaConnection } from '#libs/messaging';
import { HealthRegistry, loadConfig } from '#libs/runtime';
import {
  aDeliveryRequest,
  aWebhook,
  closeAfterTest,
  createDatabase,
  eventually,
  kafkaBrokers,
  TestKafka,
  uniqueName,
  WebhookReceiver,
  type Answer,
  type TestDatabase,
} from '#libs/testing';
import { AppModule } from '../app.module.js';
import { DeliveryServiceEnv } from '../config.js';
import { connectConsumers, startConsumers } from '../delivery-consumers.js';

export const MASTER_KEYS = `k1:${Buffer.alloc(32, 1).toString('base64')}`;

/** One service on its own topics, and a plain client beside it. The oracles are the receiver's log and the topics. */
export class DeliveryStage {
  readonly prefix = uniqueName('hs');
  readonly kafka = new TestKafka();
  attempts: readonly ReceivedRecord[] = [];
  outcomes: readonly ReceivedRecord[] = [];
  retries: readonly ReceivedRecord[] = [];
  private database!: TestDatabase;
  private app!: NestFastifyApplication;

  constructor(private readonly settings: Partial<Record<keyof DeliveryServiceEnv, string>> = {}) {}

  async start(): Promise<this> {
    this.database = await createDatabase();
    await this.startService();
    [this.attempts, this.outcomes, this.retries] = await Promise.all([
      this.kafka.follow(`${this.prefix}.attempts`),
      this.kafka.follow(`${this.prefix}.outcomes`),
      this.kafka.follow(`${this.prefix}.retries`),
    ]);
    return this;
  }

  async startService(): Promise<void> {
    const env = loadConfig(DeliveryServiceEnv, {
      KAFKA_BROKERS: kafkaBrokers().join(','),
      TOPIC_PREFIX: this.prefix,
      TOPIC_PARTITIONS: '2',
      LOG_LEVEL: 'fatal',
      HOOKSTREAM_MASTER_KEYS: MASTER_KEYS,
      DATABASE_URL: this.database.url,
      RETRY_SCHEDULE: '200ms,200ms',
      EGRESS_ALLOWED_CIDRS: '127.0.0.0/8',
      ...this.settings,
    });
    this.app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(env), new FastifyAdapter(), { logger: false });
    connectConsumers(this.app, env);
    await this.app.init();
    await startConsumers(this.app, env);
    this.app.get(HealthRegistry).opened();
    await eventually(() => this.app.get(HealthRegistry).health().ready);
  }

  async stopService(): Promise<void> {
    await this.app?.close();
  }

  async stop(): Promise<void> {
    await this.stopService();
    await this.kafka.close();
    await this.database.drop();
  }

  /** As if the process had been killed before it committed anything. */
  async forgetCommits(): Promise<void> {
    const connection = new KafkaConnection({ brokers: kafkaBrokers(), clientId: 'test' }, () => undefined);
    await connection.withAdmin((admin) =>
      admin.resetOffsets({ groupId: `${this.prefix}.delivery-service`, topic: `${this.prefix}.deliveries`, earliest: true }),
    );
    await connection.close();
  }

  publish(topic: string, record: WireRecord): Promise<void> {
    return this.kafka.produce(`${this.prefix}.${topic}`, [{ key: record.key, value: record.value, headers: record.headers as never }]);
  }

  async webhook(changes: Partial<WebhookStateV1>): Promise<WebhookStateV1> {
    const webhook = aWebhook(changes);
    await this.publish('webhooks', encodeWebhookState(webhook, '/test'));
    return webhook;
  }

  async remove({ id, version, accountId, updatedAt }: WebhookStateV1): Promise<void> {
    await this.publish('webhooks', encodeWebhookTombstone({ id, version: version + 1, accountId, time: updatedAt }, '/test'));
  }

  async request(webhookId: string, changes: Partial<DeliveryRequestedV1> = {}): Promise<DeliveryRequestedV1> {
    const request = aDeliveryRequest({ webhookId, requestedAt: new Date().toISOString(), ...changes });
    await this.publish('deliveries', encodeDeliveryRequested(request, '/test'));
    return request;
  }

  attemptsOf = (id: string) =>
    this.attempts
      .map((record) => decodeAttempted(record))
      .filter(({ deliveryId }) => deliveryId === id)
      .sort((a, b) => a.attempt - b.attempt);
  outcomesOf = (id: string) => this.outcomes.map((record) => decodeOutcome(record)).filter(({ deliveryId }) => deliveryId === id);
  retriesOf = (id: string) =>
    this.retries.map((record) => decodeRetryScheduled(record)).filter(({ delivery }) => delivery.deliveryId === id);
  retry = (id: string) => eventually(() => this.retriesOf(id)[0]);
  attempt = (id: string) => eventually(() => this.attemptsOf(id)[0]);
  /** Resolves once everything that was requested is committed. */
  drained = () => eventually(async () => (await this.kafka.lag(`${this.prefix}.delivery-service`, `${this.prefix}.deliveries`)) === 0);
  outcome = (id: string) => eventually(() => this.outcomesOf(id)[0]);
}

export async function receiver(answer?: Answer): Promise<WebhookReceiver> {
  const started = await WebhookReceiver.start(answer);
  closeAfterTest(() => started.close());
  return started;
}
