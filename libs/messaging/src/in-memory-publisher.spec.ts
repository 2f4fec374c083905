import { describe, expect, it } from '@jest/globals';
import { InMemoryPublisher } from './in-memory-publisher.js';
import { publisherConformance } from './publisher.conformance.js';
import { aRecord } from './testing-support/a-record.js';

describe('InMemoryPublisher', () => {
  publisherConformance(async () => {
    const publisher = new InMemoryPublisher(1_000);
    return { publisher, topic: 'topic', tooLarge: Buffer.alloc(1_001), read: async () => publisher.on('topic') };
  });

  it('fails like a broker that is away when told so', async () => {
    const publisher = new InMemoryPublisher();
    publisher.unavailable();
    await expect(publisher.publish('topic', aRecord('a', '1'))).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE', retryable: true });
    publisher.unavailable(false);
    await publisher.publish('topic', aRecord('a', '2'));
    expect(publisher.records).toHaveLength(1);
  });
});
