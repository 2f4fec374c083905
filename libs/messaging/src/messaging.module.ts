import {
  Inject,
  Injectable,
  Logger,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { KafkaConnection } from './kafka-connection.js';
import type { KafkaSettings, LogFunction } from './kafka-settings.js';
import { Publisher } from './publisher.js';

export interface MessagingOptions {
  readonly settings: KafkaSettings;
  readonly topicPrefix: string;
}

export interface MessagingAsyncOptions
  extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider<MessagingOptions>, 'inject' | 'useFactory'> {}

/** Injection token of the deployment's topic prefix. */
export const TOPIC_PREFIX = Symbol('TOPIC_PREFIX');

const OPTIONS = Symbol('MESSAGING_OPTIONS');

/** Closes the connection last: consumers are drained, and publish what they still have, before this hook. */
@Injectable()
class MessagingShutdown implements OnApplicationShutdown {
  constructor(@Inject(KafkaConnection) private readonly connection: KafkaConnection) {}

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}

/** Kafka for one application: exports `KafkaConnection`, `Publisher` and `TOPIC_PREFIX`. */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return MessagingModule.forRootAsync({ useFactory: () => options });
  }

  static forRootAsync({ imports = [], inject = [], useFactory }: MessagingAsyncOptions): DynamicModule {
    return {
      module: MessagingModule,
      imports,
      providers: [
        { provide: OPTIONS, inject, useFactory },
        {
          provide: KafkaConnection,
          inject: [OPTIONS],
          useFactory: ({ settings }: MessagingOptions) => new KafkaConnection(settings, nestLog()),
        },
        { provide: Publisher, inject: [KafkaConnection], useFactory: (connection: KafkaConnection) => connection.publisher },
        { provide: TOPIC_PREFIX, inject: [OPTIONS], useFactory: ({ topicPrefix }: MessagingOptions) => topicPrefix },
        MessagingShutdown,
      ],
      exports: [KafkaConnection, Publisher, TOPIC_PREFIX],
    };
  }
}

function nestLog(): LogFunction {
  const logger = new Logger('kafka');
  return (level, event, { error, ...fields }) => {
    // `msg` and `err` are the names under which the JSON logger knows a line's text and its error.
    const line = { msg: event, ...fields, ...(error !== undefined && { err: error }) };
    logger[level === 'info' ? 'log' : level](line);
  };
}
