import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import kafkajs, { type PartitionerArgs } from 'kafkajs';
import { keyPartitioner } from './key-partitioner.js';

const partitionMetadata = Array.from({ length: 12 }, (_, partitionId) => ({
  partitionId,
  leader: 0,
})) as PartitionerArgs['partitionMetadata'];

describe('keyPartitioner', () => {
  it("puts every key where Kafka's own clients put it", () => {
    const theirs = kafkajs.Partitioners.DefaultPartitioner();
    const ours = keyPartitioner();
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
        ),
        (key) => {
          const args = { topic: 't', partitionMetadata, message: { key, value: null } };
          expect(ours(args)).toBe(theirs(args));
        },
      ),
    );
  });

  it('spreads records without a key over all partitions', () => {
    const partition = keyPartitioner();
    const used = Array.from({ length: 24 }, () => partition({ topic: 't', partitionMetadata, message: { key: null, value: null } }));
    expect(new Set(used).size).toBe(12);
  });
});
