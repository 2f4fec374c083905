import { describe, expect, it } from '@jest/globals';
import { loadEnv } from './config.js';

const KAFKA_BROKERS = 'localhost:9092';

describe('the configuration of event-router', () => {
  it('routes no extra topics and remembers events for 10 minutes unless told otherwise', () => {
    expect(loadEnv({ KAFKA_BROKERS })).toMatchObject({
      HEALTH_PORT: 3001,
      DOMAIN_TOPICS: [],
      DEDUPE_WINDOW_SECONDS: 600,
      TRACE_UNMATCHED_EVENTS: true,
    });
    expect(loadEnv({ KAFKA_BROKERS, DOMAIN_TOPICS: 'stock, shop.returns' }).DOMAIN_TOPICS).toEqual(['stock', 'shop.returns']);
  });

  it("refuses topics that cannot be, and Hookstream's own, which it would feed with what it reads", () => {
    expect(() => loadEnv({ KAFKA_BROKERS, DOMAIN_TOPICS: 'a b' })).toThrow('DOMAIN_TOPICS: must be names of topics');
    expect(() => loadEnv({ KAFKA_BROKERS, DOMAIN_TOPICS: 'orders,hookstream.dead-letters' })).toThrow('DOMAIN_TOPICS: must not');
    expect(() => loadEnv({ KAFKA_BROKERS, TOPIC_PREFIX: 'stage', DOMAIN_TOPICS: 'stage.deliveries' })).toThrow('DOMAIN_TOPICS: must not');
  });
});
