import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../project-root.js';
import { systemSettings } from './system-options.js';

describe('systemSettings', () => {
  it('has the documented defaults', () => {
    expect(systemSettings({ env: {} })).toMatchObject({
      dataDir: `${projectRoot()}/.hookstream`,
      httpPort: 3000,
      grpcPort: 50051,
      embeddedKafkaPort: 9092,
      embeddedPostgresPort: 5433,
      mailboxPort: 8025,
      kafkaBrokers: undefined,
      databaseUrl: undefined,
      verbose: false,
    });
  });

  it('takes a variable set to the empty text as not set', () => {
    expect(systemSettings({ env: { HTTP_PORT: '', KAFKA_BROKERS: ' ' } })).toMatchObject({ httpPort: 3000, kafkaBrokers: undefined });
  });

  it('names every fault at once, by variable and rule', () => {
    const env = { HTTP_PORT: 'x', EMBEDDED_KAFKA_PORT: '70000', DATABASE_URL: 'mysql://u:secret@h/d' };
    expect(() => systemSettings({ env })).toThrow(
      /HTTP_PORT: must be a port[^]*EMBEDDED_KAFKA_PORT: must be a port[^]*DATABASE_URL: must begin with postgres:\/\//,
    );
    expect(() => systemSettings({ env })).not.toThrow(/secret/);
  });

  it('refuses one port for two servers', () => {
    expect(() => systemSettings({ env: { HTTP_PORT: '9092' } })).toThrow('HTTP_PORT and EMBEDDED_KAFKA_PORT: must differ');
    expect(() => systemSettings({ env: { GRPC_PORT: '3000' } })).toThrow('HTTP_PORT and GRPC_PORT: must differ');
    expect(() => systemSettings({ env: { MAILBOX_PORT: '3000' } })).toThrow('HTTP_PORT and MAILBOX_PORT: must differ');
  });

  it('takes any free ports when told so, whatever is configured', () => {
    const settings = systemSettings({ ports: 'free', env: { HTTP_PORT: '3000' } });
    const { httpPort, grpcPort, embeddedKafkaPort, embeddedPostgresPort, mailboxPort } = settings;
    expect([httpPort, grpcPort, embeddedKafkaPort, embeddedPostgresPort, mailboxPort]).toEqual([0, 0, 0, 0, 0]);
  });

  it('prints the services too when they log at debug', () => {
    expect(systemSettings({ env: { LOG_LEVEL: 'debug' } }).verbose).toBe(true);
  });
});
