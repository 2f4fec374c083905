/** What a topic keeps: `compact` the last record of each key, `delete` everything for `retentionMs`. */
export interface TopicSpec {
  /** Name without the deployment's prefix. */
  readonly name: string;
  readonly cleanup: 'compact' | 'delete';
  /** Milliseconds; -1 keeps records for ever. On a compacted topic: how long tombstones stay readable. */
  readonly retentionMs: number;
  /** Largest record batch the broker accepts on it, in bytes. */
  readonly maxMessageBytes: number;
}

const DAY_MS = 86_400_000;
const MIB = 1_048_576;

/** Largest domain event the contract accepts, in bytes of its value. */
export const MAX_EVENT_BYTES = MIB;

// A 1 MiB event still has to fit when headers and the record batch frame come on top, and, in an attempt
// record, as a JSON string whose every byte may need escaping beside 16 KiB of response.
const EVENT_TOPIC_BYTES = 2 * MIB;
const ATTEMPT_TOPIC_BYTES = 8 * MIB;

const spec = (name: string, cleanup: TopicSpec['cleanup'], retentionMs: number, maxMessageBytes = MIB): TopicSpec => ({
  name,
  cleanup,
  retentionMs,
  maxMessageBytes,
});

/** Every topic that belongs to Hookstream. */
export const Topics = {
  webhooks: spec('hookstream.webhooks', 'compact', 7 * DAY_MS),
  webhookEvents: spec('hookstream.webhook-events', 'delete', -1),
  deliveries: spec('hookstream.deliveries', 'delete', 7 * DAY_MS, EVENT_TOPIC_BYTES),
  retries: spec('hookstream.retries', 'delete', 7 * DAY_MS, EVENT_TOPIC_BYTES),
  attempts: spec('hookstream.attempts', 'delete', 7 * DAY_MS, ATTEMPT_TOPIC_BYTES),
  outcomes: spec('hookstream.outcomes', 'delete', 7 * DAY_MS),
  unmatchedEvents: spec('hookstream.unmatched-events', 'delete', 7 * DAY_MS, EVENT_TOPIC_BYTES),
  eventTypes: spec('hookstream.event-types', 'compact', 7 * DAY_MS),
  endpointHealth: spec('hookstream.endpoint-health', 'compact', 7 * DAY_MS),
  deadLetters: spec('hookstream.dead-letters', 'delete', 30 * DAY_MS, ATTEMPT_TOPIC_BYTES),
} as const satisfies Record<string, TopicSpec>;

/** A domain topic: one per catalog module, named like the module, never prefixed. */
export function domainTopic(module: string): TopicSpec {
  return spec(module, 'delete', 7 * DAY_MS, ATTEMPT_TOPIC_BYTES);
}

/** The name on the broker of one of Hookstream's own topics. `prefix` replaces the leading `hookstream`. */
export function topicName(topic: TopicSpec, prefix = 'hookstream'): string {
  return topic.name.replace(/^hookstream(?=\.)/, prefix);
}

/** Whether a topic of this name is one of Hookstream's own, which upstream services do not publish on. */
export function isOwnTopic(name: string, prefix = 'hookstream'): boolean {
  return name.startsWith(`${prefix}.`);
}
