import { randomBytes } from 'node:crypto';
import { createDatabase, eventually, kafkaBrokers, uniqueName } from '#libs/testing';
import { ServiceProcess, type ServiceName } from './service-process.js';

export interface CreatedWebhook {
  readonly id: string;
  readonly secret: string;
  readonly secretWhsec: string;
}

export interface TestSystemOptions {
  /** Which services are started; all but the projector by default. */
  readonly services?: readonly ServiceName[];
  /** Bootstrap servers other than the test broker's. */
  readonly brokers?: string;
  /** Database other than a new one on the test server. */
  readonly databaseUrl?: string;
  /** Settings beside those of every test. */
  readonly env?: NodeJS.ProcessEnv;
}

const ALL: readonly ServiceName[] = ['subscription-service', 'event-router', 'delivery-service'];

/**
 * The services on the test broker and database, with topics and a database of their own. Domain topics are shared
 * between tests, as their names are fixed: a test tells its events from others by a channel of its own.
 */
export class TestSystem {
  readonly prefix = uniqueName('e2e');
  readonly channel = uniqueName('channel');
  readonly adminKey = `hsk_admin_${randomBytes(32).toString('base64url')}`;
  /** As the services take them. */
  readonly masterKeys = `test:${randomBytes(32).toString('base64')}`;
  readonly subscriptionService: ServiceProcess;
  readonly eventRouter: ServiceProcess;
  readonly deliveryService: ServiceProcess;
  readonly projector: ServiceProcess;
  private readonly env: NodeJS.ProcessEnv;
  private readonly processes: ServiceProcess[] = [];

  private constructor(
    options: TestSystemOptions,
    readonly databaseUrl: string,
    private readonly dropDatabase: () => Promise<void>,
  ) {
    this.env = {
      KAFKA_BROKERS: options.brokers ?? kafkaBrokers().join(','),
      TOPIC_PREFIX: this.prefix,
      DATABASE_URL: databaseUrl,
      HTTP_PORT: '0',
      GRPC_PORT: '0',
      HEALTH_PORT: '0',
      HISTORY_RETENTION_DAYS: '2',
      LOG_LEVEL: 'info',
      HOOKSTREAM_ADMIN_KEY: this.adminKey,
      HOOKSTREAM_MASTER_KEYS: this.masterKeys,
      EGRESS_ALLOWED_CIDRS: '127.0.0.0/8,::1/128',
      RETRY_SCHEDULE: '1s,1s,1s,1s,1s,1s,1s,1s,1s',
      ...options.env,
    };
    this.subscriptionService = this.another('subscription-service');
    this.eventRouter = this.another('event-router');
    this.deliveryService = this.another('delivery-service');
    this.projector = this.another('projector');
  }

  static async start(options: TestSystemOptions = {}): Promise<TestSystem> {
    const database = options.databaseUrl ? undefined : await createDatabase();
    const system = new TestSystem(options, options.databaseUrl ?? database!.url, async () => database?.drop());
    try {
      const wanted = options.services ?? ALL;
      await Promise.all(system.processes.filter((service) => wanted.includes(service.name)).map((service) => service.start()));
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  /** One more process of a service, not yet started; stopped with the rest. */
  another(name: ServiceName, env: NodeJS.ProcessEnv = {}): ServiceProcess {
    const service = new ServiceProcess(name, { ...this.env, ...env });
    this.processes.push(service);
    return service;
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

  /** Starts again what a failed test left dead. */
  async revive(...services: ServiceProcess[]): Promise<void> {
    await Promise.all(services.filter((service) => !service.running).map((service) => service.start()));
  }

  /** Waits until every router and every delivery-service that runs knows so many webhooks. */
  async knows(webhooks: number): Promise<void> {
    const readers = this.processes.filter(({ name, running }) => running && (name === 'event-router' || name === 'delivery-service'));
    await eventually(
      async () => {
        const known = await Promise.all(readers.map((service) => service.metric('hookstream_view_entries', this.topic('webhooks'))));
        return known.every((count) => count >= webhooks);
      },
      { timeoutMs: 30_000 },
    );
  }

  /** What each process printed last, for the message of a failing test. */
  logs(): string {
    return this.processes
      .filter((service) => service.log())
      .map((service) => `--- ${service.name}\n${service.log().slice(-1500)}`)
      .join('\n');
  }

  /** What each service says of its readiness. */
  async readiness(): Promise<string> {
    const said = await Promise.all(this.processes.map((service) => service.readiness().catch((error: unknown) => String(error))));
    return this.processes.map(({ name }, i) => `${name}: ${said[i]}`).join('\n');
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
    for (const service of this.processes) service.thaw();
    await Promise.all(this.processes.map((service) => service.stop()));
    await this.dropDatabase();
  }
}
