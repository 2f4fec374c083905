import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { Clock } from '#libs/kernel';
import { KafkaConnection, KafkaConsumerStrategy, LagMeter, MessagingModule } from '#libs/messaging';
import { UnitOfWork } from '#libs/persistence';
import { HealthRegistry, kafkaSettings, RuntimeModule } from '#libs/runtime';
import { type ProjectorEnv, PROJECTOR } from './config.js';
import { loadRedactRules } from '../catalog/index.js';
import { DeadLetterArchiveModule } from '../operator/index.js';
import { HistoryDatabaseModule } from './database.module.js';
import { expungeParties } from '../expunge-parties.js';
import { BacklogPgStore } from './backlog.pg-store.js';
import { BacklogWatch } from './backlog-watch.js';
import { Expunge } from './expunge/expunge.js';
import { ExpungePgStore } from './expunge/expunge.pg-store.js';
import { HistoryConsumer } from './history.consumer.js';
import { HistoryLag } from './history-lag.js';
import { HistoryListener } from './history-listener.js';
import { HistoryPgStore } from './history.pg-store.js';
import { HISTORY_TOPICS } from './history-record.js';
import { HistoryStore } from './history.store.js';
import { PartitionKeeper } from './partition-keeper.js';
import { dayOf, DAY_MS } from './partition-days.js';
import { PartitionsPgStore } from './partitions.pg-store.js';
import { PointerRedaction } from './pointer-redaction.js';
import { Projection } from './projection.js';
import { ProjectionPgStore } from './projection.pg-store.js';
import { TopicSetup } from './topic-setup.js';

class NobodyListens extends HistoryListener {
  override stored(): Promise<void> {
    return Promise.resolve();
  }
}

// Larger batches are no faster, and what is held for them outlives the young generation.
const WINDOW = { records: 1_000, bytes: 4 * 1024 * 1024, span: 20_000 };
const MOST_BYTES = 24 * 1024 * 1024;

/** The consumer of one projector, not started. */
function consumerOf(connection: KafkaConnection, prefix: string): KafkaConsumerStrategy {
  return new KafkaConsumerStrategy(connection, {
    groupId: `${prefix}.${PROJECTOR}`,
    subscriptions: Object.fromEntries(HISTORY_TOPICS.map((topic) => [topic, [topicName(Topics[topic], prefix)]])),
    deadLetterTopic: topicName(Topics.deadLetters, prefix),
    window: WINDOW,
    mostBytes: MOST_BYTES,
  });
}

@Module({})
export class ProjectorModule {
  /** @param listeners modules of which one may export a `HistoryListener` */
  static forRoot(
    env: Readonly<ProjectorEnv>,
    listeners: { readonly module: NonNullable<ModuleMetadata['imports']>[number] } | undefined = undefined,
  ): DynamicModule {
    const messaging = MessagingModule.forRoot({ settings: kafkaSettings(env, PROJECTOR), topicPrefix: env.TOPIC_PREFIX });
    const database = HistoryDatabaseModule.forRoot(env.DATABASE_URL);
    return {
      module: ProjectorModule,
      imports: [
        RuntimeModule.forRoot({ service: PROJECTOR, logLevel: env.LOG_LEVEL }),
        messaging,
        database,
        DeadLetterArchiveModule.forRoot({
          databaseUrl: env.DATABASE_URL,
          kafka: kafkaSettings(env, PROJECTOR),
          topicPrefix: env.TOPIC_PREFIX,
        }),
        ...(listeners ? [listeners.module] : []),
      ],
      providers: [
        ...(listeners ? [] : [{ provide: HistoryListener, useClass: NobodyListens }]),
        {
          provide: HistoryStore,
          inject: [UnitOfWork, HistoryListener, Clock],
          useFactory: async (unitOfWork: UnitOfWork, listener: HistoryListener, clock: Clock) =>
            new HistoryPgStore(
              unitOfWork,
              new PointerRedaction(await loadRedactRules(env.DATABASE_URL, env.CATALOG_DIR)),
              listener,
              () => dayOf(clock.now()) - env.HISTORY_RETENTION_DAYS * DAY_MS,
            ),
        },
        { provide: Projection, inject: [UnitOfWork], useFactory: (unitOfWork: UnitOfWork) => new ProjectionPgStore(unitOfWork) },
        {
          provide: PartitionKeeper,
          inject: [UnitOfWork, Clock],
          useFactory: async (unitOfWork: UnitOfWork, clock: Clock) => {
            const parties = await expungeParties(env.DATABASE_URL, PROJECTOR, unitOfWork);
            const expunge = new Expunge(new ExpungePgStore(unitOfWork), parties);
            return new PartitionKeeper(new PartitionsPgStore(unitOfWork, env.HISTORY_RETENTION_DAYS), expunge, clock);
          },
        },
        {
          provide: TopicSetup,
          inject: [KafkaConnection],
          useFactory: (connection: KafkaConnection) =>
            new TopicSetup(connection, {
              partitions: env.TOPIC_PARTITIONS,
              replicationFactor: env.TOPIC_REPLICATION,
              prefix: env.TOPIC_PREFIX,
            }),
        },
        {
          provide: HistoryLag,
          inject: [KafkaConnection],
          useFactory: (connection: KafkaConnection) => new HistoryLag(new LagMeter(connection), `${env.TOPIC_PREFIX}.${PROJECTOR}`),
        },
        {
          provide: BacklogWatch,
          inject: [UnitOfWork, HistoryLag, Clock],
          useFactory: (unitOfWork: UnitOfWork, lag: HistoryLag, clock: Clock) =>
            new BacklogWatch(new BacklogPgStore(unitOfWork), lag, clock),
        },
        {
          provide: HistoryConsumer,
          inject: [HistoryStore, Projection, KafkaConnection, HealthRegistry],
          useFactory: (store: HistoryStore, projection: Projection, connection: KafkaConnection, health: HealthRegistry) =>
            new HistoryConsumer(store, projection, () => consumerOf(connection, env.TOPIC_PREFIX), health),
        },
      ],
    };
  }
}
