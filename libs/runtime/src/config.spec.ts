import { describe, expect, it } from '@jest/globals';
import { Port } from './env-rules.js';
import { ConfigError, loadConfig } from './config.js';
import { KafkaEnv, kafkaSettings } from './kafka-env.js';

class Env extends KafkaEnv {
  @Port()
  readonly HEALTH_PORT: number = 3001;
}

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(Env, env);
    return [];
  } catch (error) {
    return (error as ConfigError).faults;
  }
}

describe('configuration from the environment', () => {
  it('converts what is set and keeps defaults for the rest', () => {
    const env = loadConfig(Env, { KAFKA_BROKERS: 'a:1, b:2', HEALTH_PORT: '0', KAFKA_SSL: 'true', LOG_LEVEL: '' });
    expect(env.KAFKA_BROKERS).toEqual(['a:1', 'b:2']);
    expect(env.HEALTH_PORT).toBe(0);
    expect(env.KAFKA_SSL).toBe(true);
    expect(env.LOG_LEVEL).toBe('info');
    expect(env.TOPIC_PARTITIONS).toBe(4);
  });

  it('reports every fault at once, naming variable and rule', () => {
    const faults = faultsOf({ HEALTH_PORT: 'eighty', KAFKA_SSL: 'maybe' });
    expect(faults.some((fault) => fault.startsWith('KAFKA_BROKERS: must name at least one'))).toBe(true);
    expect(faults).toContain('HEALTH_PORT: must be a whole number');
    expect(faults).toContain('KAFKA_SSL: must be true or false');
  });

  it('never repeats the value that is wrong', () => {
    expect(faultsOf({ KAFKA_BROKERS: 'a:1', KAFKA_SASL_MECHANISM: 'canary-value' }).join()).not.toContain('canary');
  });

  it('keeps the Kafka password unprintable', () => {
    const env = loadConfig(Env, {
      KAFKA_BROKERS: 'a:1',
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: 'u',
      KAFKA_SASL_PASSWORD: 'canary',
    });
    const settings = kafkaSettings(env, 'test');
    expect(JSON.stringify(settings)).not.toContain('canary');
    expect(settings.sasl?.password.reveal()).toBe('canary');
  });
});
