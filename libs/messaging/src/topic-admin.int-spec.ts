import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { Topics, domainTopic, topicName } from '#libs/contracts';
import { KafkaBench } from './testing-support/kafka-bench.js';
import { TopicAdmin } from './topic-admin.js';

describe('TopicAdmin on a broker', () => {
  let bench: KafkaBench;
  beforeEach(() => {
    bench = new KafkaBench();
  });
  afterEach(() => bench.close());

  const configOf = async (topic: string): Promise<Record<string, string>> => {
    const { resources } = await bench.connection.withAdmin((admin) =>
      admin.describeConfigs({ includeSynonyms: false, resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }] }),
    );
    return Object.fromEntries(resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]));
  };

  it('creates what lacks, with its policy and limits, and leaves what exists', async () => {
    const prefix = bench.name('prefix');
    const domain = domainTopic(bench.name('orders'));
    await bench.topic(3, { 'retention.ms': '1234' }, domain.name);
    await new TopicAdmin(bench.connection).ensureTopics([Topics.webhooks, Topics.outcomes, domain], {
      partitions: 2,
      replicationFactor: 1,
      prefix,
    });

    const webhooks = await configOf(topicName(Topics.webhooks, prefix));
    expect(webhooks).toMatchObject({
      'cleanup.policy': 'compact',
      'delete.retention.ms': String(7 * 86_400_000),
      'max.message.bytes': '1048576',
    });
    expect(await configOf(topicName(Topics.outcomes, prefix))).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': String(7 * 86_400_000),
    });
    expect(await configOf(domain.name)).toMatchObject({ 'retention.ms': '1234' });
    const partitions = await bench.connection.withAdmin((admin) =>
      admin.fetchTopicMetadata({ topics: [topicName(Topics.outcomes, prefix), domain.name] }),
    );
    expect(partitions.topics.map((topic) => topic.partitions.length).toSorted()).toEqual([2, 3]);
  });

  it('may be done by several processes at once', async () => {
    const prefix = bench.name('prefix');
    const layout = { partitions: 1, replicationFactor: 1, prefix };
    const specs = Object.values(Topics);
    await Promise.all(
      [bench.connection, bench.connect(), bench.connect()].map((connection) => new TopicAdmin(connection).ensureTopics(specs, layout)),
    );
    const names = await bench.connection.withAdmin((admin) => admin.listTopics());
    expect(names).toEqual(expect.arrayContaining(specs.map((spec) => topicName(spec, prefix))));
  });
});
