import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/runtime';
import { DeliveryServiceEnv, egressPolicy } from './config.js';

const keys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const load = (env: Record<string, string>) =>
  loadConfig(DeliveryServiceEnv, {
    KAFKA_BROKERS: 'localhost:9092',
    HOOKSTREAM_MASTER_KEYS: keys,
    DATABASE_URL: 'postgres://u:geheim@db/hooks',
    ...env,
  });

describe('DeliveryServiceEnv', () => {
  it('needs brokers, database and master keys only, and reaches nothing private by default', () => {
    const env = load({});
    expect(env).toMatchObject({ HEALTH_PORT: 3002, MAX_CONCURRENT_ATTEMPTS: 2000 });
    expect(egressPolicy(env)).toEqual({ allowedCidrs: [], httpsOnly: false });
    expect(env.HOOKSTREAM_MASTER_KEYS.reveal()).toBe(keys);
    expect(inspect(env)).not.toContain(keys.slice(3));
    expect(inspect(env)).not.toContain('geheim');
  });

  it('names every fault by variable and rule, never the value', () => {
    const faults = () =>
      load({ HOOKSTREAM_MASTER_KEYS: 'k1:geheim', EGRESS_ALLOWED_CIDRS: '10.0.0.0/8,geheim', EGRESS_HTTPS_ONLY: 'geheim' });
    expect(faults).toThrow(
      /HOOKSTREAM_MASTER_KEYS: master key 1: .*\n.*EGRESS_ALLOWED_CIDRS: entry 2 is not a range.*\n.*EGRESS_HTTPS_ONLY: must be true or false/,
    );
    expect(faults).not.toThrow(/geheim/);
    expect(() => loadConfig(DeliveryServiceEnv, {})).toThrow(/HOOKSTREAM_MASTER_KEYS: must be set/);
  });
});
