import { topicName, type TopicSpec } from '#libs/contracts';

const BINDING_VERSION = '0.5.0';

/** How topics that do not exist yet are made, by default. */
export interface TopicLayout {
  readonly partitions: number;
  readonly replicas: number;
}

/** A channel's address and what the broker knows of its topic. */
export function topicChannel(topic: TopicSpec, layout: TopicLayout): object {
  return { address: topicName(topic), ...topicBindings(topic, layout) };
}

export function topicBindings({ cleanup, retentionMs, maxMessageBytes }: TopicSpec, { partitions, replicas }: TopicLayout): object {
  const topicConfiguration = {
    'cleanup.policy': [cleanup],
    [cleanup === 'compact' ? 'delete.retention.ms' : 'retention.ms']: retentionMs,
    'max.message.bytes': maxMessageBytes,
  };
  return { bindings: { kafka: { partitions, replicas, topicConfiguration, bindingVersion: BINDING_VERSION } } };
}

export function keyBinding(description: string): object {
  return { bindings: { kafka: { key: { type: 'string', description }, bindingVersion: BINDING_VERSION } } };
}
