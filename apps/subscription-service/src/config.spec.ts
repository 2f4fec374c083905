import { describe, expect, it } from '@jest/globals';
import { type ConfigError } from '#libs/runtime';
import { loadAppConfig } from './config.js';

const VALID = {
  KAFKA_BROKERS: 'localhost:9092',
  DATABASE_URL: 'postgres://u:canary@localhost/db',
  HOOKSTREAM_MASTER_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  HOOKSTREAM_ADMIN_KEY: 'canary-admin-key-0123',
};

function faultsOf(env: NodeJS.ProcessEnv): string {
  try {
    loadAppConfig(env);
    return '';
  } catch (error) {
    return (error as ConfigError).message;
  }
}

describe('configuration', () => {
  it('takes further domain topics, but none of its own', () => {
    expect(loadAppConfig({ ...VALID, DOMAIN_TOPICS: 'stock, shop.returns' }).domainTopics).toEqual(['stock', 'shop.returns']);
    expect(loadAppConfig(VALID).domainTopics).toEqual([]);
    expect(faultsOf({ ...VALID, DOMAIN_TOPICS: 'orders,hookstream.attempts' })).toContain('DOMAIN_TOPICS: must not name');
    expect(faultsOf({ ...VALID, TOPIC_PREFIX: 'stage', DOMAIN_TOPICS: 'stage.attempts' })).toContain('DOMAIN_TOPICS: must not name');
  });

  it('needs a database, master keys and an admin key, and says so at once', () => {
    const faults = faultsOf({});
    for (const name of ['DATABASE_URL', 'HOOKSTREAM_MASTER_KEYS', 'HOOKSTREAM_ADMIN_KEY', 'KAFKA_BROKERS'])
      expect(faults).toContain(`${name}: `);
  });

  it('names the rule, never the value', () => {
    const faults = faultsOf({
      ...VALID,
      DATABASE_URL: 'canary',
      HOOKSTREAM_MASTER_KEYS: 'k1:canary',
      HOOKSTREAM_ADMIN_KEY: 'canary',
      EGRESS_ALLOWED_CIDRS: 'canary',
    });
    expect(faults).toContain('DATABASE_URL: must be a postgres:// URL');
    expect(faults).toContain('HOOKSTREAM_ADMIN_KEY: must have at least 16 characters');
    expect(faults).not.toContain('canary');
  });

  it('prints none of its secrets', () => {
    expect(JSON.stringify(loadAppConfig(VALID))).not.toContain('canary');
  });

  it('takes origins as frame ancestors, and nothing that would say more in a header', () => {
    const origins = 'https://app.example.com, https://*.example.com, http://localhost:5173';
    expect(loadAppConfig({ ...VALID, CONSOLE_FRAME_ANCESTORS: origins }).console.frameAncestors).toEqual(origins.split(', '));
    expect(loadAppConfig(VALID).console.frameAncestors).toEqual([]);
    for (const wrong of ['*', "'self'", 'https://a.example;script-src *', 'https://a.example/', 'a.example', 'https://a b', 'javascript:1'])
      expect(faultsOf({ ...VALID, CONSOLE_FRAME_ANCESTORS: wrong })).toContain('CONSOLE_FRAME_ANCESTORS: must be origins');
  });
});
