import kafkajs, { type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs';
import { registerCompressionCodecs } from './compression-codecs.js';
import { kafkaLogBridge } from './kafka-log-bridge.js';
import type { KafkaSettings, LogFunction } from './kafka-settings.js';

/** About six seconds of patience per step; who needs more retries the step, and can say so meanwhile. */
const STEP_RETRY = { initialRetryTime: 100, multiplier: 1.5, maxRetryTime: 1_000, retries: 10 };

/** The settings in kafkajs' form, also used by the parts that kafkajs has no public class for. */
export function clientConfig(settings: KafkaSettings, log: LogFunction): KafkaConfig {
  return {
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    ssl: settings.ssl ?? false,
    ...(settings.sasl && {
      sasl: {
        mechanism: settings.sasl.mechanism.toLowerCase(),
        username: settings.sasl.username,
        password: settings.sasl.password.reveal(),
      } as SASLOptions,
    }),
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    retry: STEP_RETRY,
    logLevel: kafkajs.logLevel.INFO,
    logCreator: kafkaLogBridge(log),
  };
}

/** A kafkajs client that reads every compression. */
export function createKafkaClient(settings: KafkaSettings, log: LogFunction): Kafka {
  registerCompressionCodecs();
  return new kafkajs.Kafka(clientConfig(settings, log));
}
