import { randomBytes } from 'node:crypto';
import { createDatabase, eventually, kafkaBrokers, uniqueName, type TestDatabase } from '#libs/testing';
import { ServiceProcess } from './service-process.js';

export interface CreatedWebhook {
  readonly id: string;
  readonly secret: string;
  readonly secretWhsec: string;
}

/**
 * The three services on the test broker and database, with topics and a database of their own. Domain topics are shared
 * between tests, as their names are fixed: a test tells its events from others by a channel of its own.
 */
export class TestSystem {
  readonly prefix = uniqueName('e2e');
  readonly channel = uniqueName('channel');
  readonly adminKey = `hsk_admin_${randomBytes(32).toString('base64url')}`;
  readonly subscriptionService: ServiceProcess;
  readonly eventRouter: ServiceProcess;
  readonly deliveryService: ServiceProcess;

  private constructor(private readonly database: TestDatabase) {
    const env = {
      KAFKA_BROKERS: kafkaBrokers().join(','),
      TOPIC_PREFIX: this.prefix,
      DATABASE_URL: database.url,
      HTTP_PORT: '0',
      HEALTH_PORT: '0',
      LOG_LEVEL: 'info',
      HOOKSTREAM_ADMIN_KEY: this.adminKey,
      HOOKSTREAM_MASTER_KEYS: `test:${randomBytes(32).toString('base64')}`,
      EGRESS_ALLOWED_CIDRS: '127.0.0.0/8,::1/128',
    };
    this.subscriptionService = new ServiceProcess('subscription-service', env);
    this.eventRouter = new ServiceProcess('event-router', env);
    this.deliveryService = new ServiceProcess('delivery-service', env);
  }

  static async start(): Promise<TestSystem> {
    const system = new TestSystem(await createDatabase());
    await Promise.all([system.subscriptionService.start(), system.eventRouter.start(), system.deliveryService.start()]);
    return system;
  }

  /** The name on the broker of one of Hookstream's own topics, such as `outcomes`. */
  topic(name: string): string {
    return `${this.prefix}.${name}`;
  }

  /** Calls the management API. @throws Error when the answer is not 2xx */
  async api<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  request(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.subscriptionService.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.adminKey}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  createWebhook(body: object): Promise<CreatedWebhook> {
    return this.api('POST', '/v1/webhooks', { name: uniqueName('webhook'), channelId: this.channel, signing: true, ...body });
  }

  /**
   * Publishes one event after another until one of them has arrived: a new webhook reaches the router through Kafka, and
   * only what is routed after that is promised to it.
   * @param publish publishes an event that the webhook wants, and answers its id
   * @param arrived whether the receiver got that event
   */
  async becomesActive(publish: () => Promise<string>, arrived: (id: string) => boolean): Promise<void> {
    await eventually(
      async () => {
        const id = await publish();
        return eventually(() => arrived(id), { timeoutMs: 1000 });
      },
      { timeoutMs: 60_000 },
    );
  }

  async stop(): Promise<void> {
    await Promise.all([this.subscriptionService.stop(), this.eventRouter.stop(), this.deliveryService.stop()]);
    await this.database.drop();
  }
}
