import { Logger, Module } from '@nestjs/common';
import { type LogFunction, OutboxRelay, Publisher } from '#libs/messaging';
import { OutboxReader } from '#libs/persistence';
import { HealthRegistry } from '#libs/runtime';
import { AppConfig } from '../config.js';
import { KafkaModule } from '../kafka.module.js';
import { PgOutboxSource } from './pg-outbox-source.js';
import { RelayLifecycle } from './relay-lifecycle.js';
import { OUTBOX_TABLE, ServiceOutbox } from './service-outbox.js';

/** An idle relay asks this often; a command in the same process wakes it at once. */
const POLL_MS = 200;
const BATCH = 500;

@Module({
  imports: [KafkaModule],
  providers: [
    ServiceOutbox,
    {
      provide: OutboxReader,
      inject: [AppConfig],
      useFactory: (config: AppConfig) =>
        new OutboxReader({ url: config.databaseUrl.reveal(), table: OUTBOX_TABLE, applicationName: `${config.service}/outbox` }),
    },
    {
      provide: OutboxRelay,
      inject: [OutboxReader, Publisher],
      useFactory: (reader: OutboxReader, publisher: Publisher) =>
        new OutboxRelay(new PgOutboxSource(reader), publisher, { pollMs: POLL_MS, batch: BATCH, log: relayLog() }),
    },
    {
      provide: RelayLifecycle,
      inject: [OutboxRelay, OutboxReader, ServiceOutbox, HealthRegistry],
      useFactory: (relay: OutboxRelay, reader: OutboxReader, outbox: ServiceOutbox, health: HealthRegistry) =>
        new RelayLifecycle(relay, reader, outbox, health),
    },
  ],
  exports: [ServiceOutbox],
})
export class OutboxModule {}

function relayLog(): LogFunction {
  const logger = new Logger('outbox');
  return (level, event, { error, ...fields }) => {
    logger[level === 'info' ? 'log' : level]({ msg: event, ...fields, ...(error === undefined ? {} : { err: error }) });
  };
}
