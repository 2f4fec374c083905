import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { type DeliveryRequestedV1, encodeDeliveryRequested, topicName, Topics } from '#libs/contracts';
import { aDeliveryRequest, createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { deliveryId } from './redelivery/delivery-id.js';

const HOOKS = new URL('../../../libs/messaging/src/testing-support/typescript-hooks.mjs', import.meta.url);
const ENTRIES = {
  api: './main.ts',
  projector: './projector/main.ts',
  delivery: '../../delivery-service/src/main.ts',
  router: '../../event-router/src/main.ts',
} as const;
export type Part = keyof typeof ENTRIES;
const ADMIN_KEY = 'test-admin-key-0123456789';

/** The parts of the system that sending again needs, as processes that a test may kill, on a database and topics of their own. */
export class SendingStage {
  readonly prefix = uniqueName('redeliver');
  readonly channel = uniqueName('channel');
  readonly kafka = new TestKafka();
  private readonly masterKeys = `k1:${randomBytes(32).toString('base64')}`;
  private readonly children = new Map<Part, ChildProcess>();
  private readonly ports = new Map<Part, number>();

  private constructor(
    private readonly database: TestDatabase,
    readonly client: Client,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open(parts: readonly Part[], env: NodeJS.ProcessEnv = {}): Promise<SendingStage> {
    const database = await createDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const stage = new SendingStage(database, client, env);
    // It makes the topics that the others read.
    await stage.start('api');
    await Promise.all(parts.filter((part) => part !== 'api').map((part) => stage.start(part)));
    // One that listens may not yet be in its consumer group: with a busy machine that takes longer than a test waits for a record.
    await Promise.all(parts.map((part) => stage.ready(part)));
    return stage;
  }

  async start(part: Part): Promise<void> {
    const child = fork(fileURLToPath(new URL(ENTRIES[part], import.meta.url)), [], {
      execArgv: ['--conditions=source', '--import', HOOKS.href],
      execPath: process.execPath,
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        KAFKA_BROKERS: kafkaBrokers().join(),
        DATABASE_URL: this.database.url,
        TOPIC_PREFIX: this.prefix,
        TOPIC_PARTITIONS: '2',
        HTTP_PORT: '0',
        GRPC_PORT: '0',
        HEALTH_PORT: '0',
        HISTORY_RETENTION_DAYS: '2',
        HOOKSTREAM_MASTER_KEYS: this.masterKeys,
        HOOKSTREAM_ADMIN_KEY: ADMIN_KEY,
        EGRESS_ALLOWED_CIDRS: '127.0.0.0/8',
        API_RATE_LIMIT_PER_SECOND: '0',
        RETRY_SCHEDULE: '1h',
        LOG_LEVEL: process.env['STAGE_LOG_LEVEL'] ?? 'fatal',
        ...this.env,
      },
    });
    this.children.set(part, child);
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`${part} ended with ${code}`)));
      child.on('message', (message) => resolve((message as { port: number }).port));
    });
    this.ports.set(part, port);
  }

  /** Resolves once the part says that it does its work. */
  private async ready(part: Part): Promise<void> {
    const url = `http://127.0.0.1:${this.ports.get(part)}/readyz`;
    await eventually(async () => (await fetch(url)).status === 200, { timeoutMs: 60_000 });
  }

  async kill(part: Part): Promise<void> {
    const child = this.children.get(part)!;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  request(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.ports.get('api')}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  /** @throws Error when the answer is not 2xx */
  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** A webhook for the events of this stage; the delivery-service waits for one that it does not know yet. */
  async webhook(url: string, more: object = {}): Promise<string> {
    const body = { name: uniqueName('w'), url, events: ['order_created'], channelId: this.channel, ...more };
    return (await this.call<{ id: string }>('POST', '/v1/webhooks', body)).id;
  }

  /** Asks for deliveries to a webhook, as the router would. */
  async deliver(webhookId: string, count: number, more: Partial<DeliveryRequestedV1['event']> = {}): Promise<DeliveryRequestedV1[]> {
    const now = new Date().toISOString();
    const requests = Array.from({ length: count }, () => {
      const request = aDeliveryRequest({ webhookId, requestedAt: now });
      const event = { ...request.event, accountId: 'default', id: uniqueName('evt'), type: 'order_created', time: now, ...more };
      return { ...request, event, deliveryId: deliveryId(event, webhookId) };
    });
    const records = requests.map((request) => ({ ...encodeDeliveryRequested(request, '/test') }));
    for (let at = 0; at < records.length; at += 500)
      await this.kafka.produce(
        topicName(Topics.deliveries, this.prefix),
        records.slice(at, at + 500).map(({ key, value, headers }) => ({ key, value, headers: headers as never })),
      );
    return requests;
  }

  /** Resolves once the history has so many deliveries of a webhook in that state, with their outcomes. */
  async settled(webhookId: string, state: string, count: number, timeoutMs = 60_000): Promise<void> {
    await eventually(
      async () => {
        const sql = `select count(*)::int as n from history.deliveries where webhook_id = $1 and state = $2 and (completed_at is not null or $2 in ('pending', 'retrying'))`;
        return (await this.rows<{ n: number }>(sql, [webhookId, state]))[0]!.n >= count;
      },
      { timeoutMs },
    );
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, parameters)).rows as Row[];
  }

  async close(): Promise<void> {
    await Promise.all([...this.children.keys()].map((part) => this.kill(part)));
    await this.kafka.close();
    await this.client.end();
    await this.database.drop();
  }
}
