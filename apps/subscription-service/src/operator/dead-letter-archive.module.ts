import { type DynamicModule, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { Clock, type Secret } from '#libs/kernel';
import { KafkaConnection, KafkaConsumerStrategy, type KafkaSettings, type LogFunction } from '#libs/messaging';
import { createDataSource, migrate, UnitOfWork } from '#libs/persistence';
import { HealthRegistry } from '#libs/runtime';
import { DeadLetterArchivePgStore } from './dead-letter-archive.pg-store.js';
import { DEAD_LETTERS, DeadLetterConsumer } from './dead-letter.consumer.js';
import { operationsDatabaseOptions } from './operations-database.js';

export interface DeadLetterArchiveOptions {
  readonly databaseUrl: Secret;
  readonly kafka: KafkaSettings;
  readonly topicPrefix: string;
}

const SOURCE = Symbol('operations');
const KAFKA = Symbol('operations.kafka');
const APPLICATION_NAME = 'dead-letters';
const WINDOW = { records: 200, bytes: 8 * 1024 * 1024, span: 5_000 };

/** The consumer that keeps dead letters for operators: for the projector process, apart from its history and on connections of its own. */
@Module({})
export class DeadLetterArchiveModule implements OnApplicationShutdown {
  constructor(
    @Inject(SOURCE) private readonly source: ReturnType<typeof createDataSource>,
    @Inject(KAFKA) private readonly connection: KafkaConnection,
  ) {}

  static forRoot({ databaseUrl, kafka, topicPrefix }: DeadLetterArchiveOptions): DynamicModule {
    return {
      module: DeadLetterArchiveModule,
      providers: [
        {
          provide: SOURCE,
          useFactory: async () => {
            const options = operationsDatabaseOptions(databaseUrl, APPLICATION_NAME);
            await migrate(options);
            return createDataSource(options).initialize();
          },
        },
        { provide: KAFKA, useFactory: () => new KafkaConnection(kafka, logTo(new Logger('kafka'))) },
        {
          provide: DeadLetterConsumer,
          inject: [SOURCE, KAFKA, Clock, HealthRegistry],
          useFactory: (source: ReturnType<typeof createDataSource>, connection: KafkaConnection, clock: Clock, health: HealthRegistry) => {
            const topic = topicName(Topics.deadLetters, topicPrefix);
            const strategy = new KafkaConsumerStrategy(connection, {
              groupId: `${topicPrefix}.${DEAD_LETTERS}`,
              subscriptions: { [DEAD_LETTERS]: [topic] },
              deadLetterTopic: topic,
              window: WINDOW,
            });
            const archive = new DeadLetterArchivePgStore(new UnitOfWork(source));
            return new DeadLetterConsumer(archive, strategy, clock, Topics.deadLetters.retentionMs, health);
          },
        },
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
    await this.source.destroy();
  }
}

function logTo(logger: Logger): LogFunction {
  return (level, event, { error, ...fields }) => {
    logger[level === 'info' ? 'log' : level]({ msg: event, ...fields, ...(error !== undefined && { err: error }) });
  };
}
