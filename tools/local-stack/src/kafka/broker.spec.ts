import { describe, expect, it } from '@jest/globals';
import { brokerCount, metadataRequest } from './broker-probe.js';
import { brokerSettings } from './broker-settings.js';
import { kafkaId } from './storage-format.js';

describe('broker settings', () => {
  const lines = brokerSettings({ port: 9092, controllerPort: 9093, logDir: '/data/segments' }).trim().split('\n');

  it('listen on the loopback address only', () => {
    const addresses = lines.flatMap((line) => [...line.matchAll(/:\/\/([^:,]*)/g)].map((match) => match[1]));
    expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
  });

  it('do with one broker and create no topic unasked', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        'offsets.topic.replication.factor=1',
        'min.insync.replicas=1',
        'auto.create.topics.enable=false',
        'num.partitions=4',
      ]),
    );
  });

  it('let a batch of the largest size fit into a segment', () => {
    const value = (name: string): number => Number(lines.find((line) => line.startsWith(`${name}=`))?.split('=')[1]);
    expect(value('message.max.bytes')).toBeGreaterThanOrEqual(8 * 1024 * 1024);
    expect(value('log.segment.bytes')).toBeGreaterThan(value('message.max.bytes'));
  });
});

describe('broker probe', () => {
  it('asks for metadata, version 1, of no topic', () => {
    expect(metadataRequest().toString('hex')).toBe('0000000e0003000100000001ffff00000000');
  });

  it('waits for the whole answer before it counts brokers', () => {
    const answer = Buffer.from('0000000c000000010000000100000000', 'hex');
    expect(brokerCount(answer.subarray(0, 13))).toBeUndefined();
    expect(brokerCount(answer)).toBe(1);
  });
});

describe('cluster id', () => {
  it('is 22 characters and no option to a command line', () => {
    for (let i = 0; i < 200; i += 1) expect(kafkaId()).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/);
  });
});
