import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { Topics, topicName, type WireRecord } from '#libs/contracts';
import { Secret } from '#libs/kernel';
import { createDataSource, UnitOfWork } from '#libs/persistence';
import { createDatabase, eventually, kafkaBrokers, type TestDatabase, TestKafka, uniqueName } from '#libs/testing';
import { historyDatabaseOptions } from '../../history-schema/index.js';
import { HISTORY_TOPICS, type HistoryTopic } from '../history-record.js';

const HOOKS = new URL('../../../../../libs/messaging/src/testing-support/typescript-hooks.mjs', import.meta.url);
const TABLES = ['attempts', 'bodies', 'deliveries', 'events', 'stat_buckets', 'event_type_days', 'webhook_activity', 'circuits'];
const PARTITIONS = 2;

/** A database, topics of its own, and the projector as a process that a test may kill. */
export class ProjectorStage {
  readonly prefix = uniqueName('hist');
  readonly kafka = new TestKafka();
  private constructor(
    private readonly database: TestDatabase,
    readonly client: Client,
  ) {}
  private readonly children: ChildProcess[] = [];

  static async open(): Promise<ProjectorStage> {
    const database = await createDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const stage = new ProjectorStage(database, client);
    const topics = [...HISTORY_TOPICS.map((name) => Topics[name]), Topics.deadLetters];
    await Promise.all(topics.map((topic) => stage.kafka.createTopic(topicName(topic, stage.prefix), { partitions: PARTITIONS })));
    return stage;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  get env(): NodeJS.ProcessEnv {
    return {
      KAFKA_BROKERS: kafkaBrokers().join(),
      DATABASE_URL: this.database.url,
      TOPIC_PREFIX: this.prefix,
      TOPIC_PARTITIONS: String(PARTITIONS),
      HEALTH_PORT: '0',
      // Fewer days, fewer partitions to make: most of what the start of a projector takes.
      HISTORY_RETENTION_DAYS: '2',
      HOOKSTREAM_MASTER_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      LOG_LEVEL: process.env['STAGE_LOG_LEVEL'] ?? 'fatal',
    };
  }

  /** Starts a projector; resolves when it is ready. */
  async start(env: NodeJS.ProcessEnv = {}): Promise<{ readonly port: number; readonly kill: () => Promise<void> }> {
    const child = this.run('../main.ts', env);
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the projector ended with ${code}`)));
      child.on('message', (message) => resolve((message as { port: number }).port));
    });
    return { port, kill: () => ended(child, 'SIGKILL') };
  }

  /** Runs a command of the projector to its end. */
  async command(file: string, args: readonly string[] = []): Promise<void> {
    const child = this.run(file, {}, args);
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`${file} ended with ${String(code)}`);
  }

  async publish(records: readonly { readonly topic: HistoryTopic; readonly record: WireRecord }[]): Promise<void> {
    for (const topic of HISTORY_TOPICS) {
      const chosen = records.filter((one) => one.topic === topic).map(({ record }) => ({ ...record, headers: record.headers as never }));
      for (let i = 0; i < chosen.length; i += 500)
        await this.kafka.produce(topicName(Topics[topic], this.prefix), chosen.slice(i, i + 500));
    }
  }

  /** Resolves once everything published so far is stored and committed. */
  async caughtUp(timeoutMs = 60_000): Promise<void> {
    await eventually(
      async () => {
        for (const topic of HISTORY_TOPICS)
          if ((await this.kafka.lag(`${this.prefix}.projector`, topicName(Topics[topic], this.prefix))) > 0) return false;
        return true;
      },
      { timeoutMs },
    );
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, parameters)).rows as Row[];
  }

  /** For what a test does to the history itself. */
  async withUnitOfWork(work: (unitOfWork: UnitOfWork) => Promise<void>): Promise<void> {
    const source = await createDataSource(historyDatabaseOptions(new Secret(this.databaseUrl), 'stage')).initialize();
    try {
      await work(new UnitOfWork(source));
    } finally {
      await source.destroy();
    }
  }

  /** Everything in the tables, as text that two equal histories share. */
  async contents(): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const table of TABLES) {
      const rows = await this.rows<{ row: string }>(`select t::text as row from history.${table} as t order by 1`);
      found[table] = rows.map(({ row }) => row);
    }
    return found;
  }

  async close(): Promise<void> {
    await Promise.all(this.children.map((child) => ended(child, 'SIGKILL')));
    await this.kafka.close();
    await this.client.end();
    await this.database.drop();
  }

  private run(file: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): ChildProcess {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), [...args], {
      execArgv: ['--conditions=source', '--import', HOOKS.href],
      execPath: process.execPath,
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...this.env, ...env },
    });
    this.children.push(child);
    return child;
  }
}

async function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}
