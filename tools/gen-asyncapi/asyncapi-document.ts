import { domainTopic, messages, Topics, type MessageSpec } from '#libs/contracts';
import { deadLetterMessage, domainMessages, type SampleEvent, unmatchedEventMessage } from './domain-messages.js';
import { topicBindings, topicChannel, type TopicLayout } from './kafka-bindings.js';
import { messageName, OWN_HEADERS, ownMessage, type GoldenRecord } from './own-messages.js';

export interface DocumentParts {
  /** Of the product. */
  readonly version: string;
  readonly layout: TopicLayout;
  /** The domain topics of the catalog. */
  readonly domainTopics: readonly string[];
  readonly sample: SampleEvent;
  /** Finds a golden record by its name. */
  readonly golden: (fixture: string) => GoldenRecord;
}

/** The messages that anyone may read, by the name of their channel. What only Hookstream's own services read is not promised to anybody. */
const PUBLIC: Record<string, { message: MessageSpec; title: string }> = {
  attempts: { message: messages.DeliveryAttemptedV1, title: 'Attempts' },
  outcomes: { message: messages.DeliveryOutcomeV1, title: 'Outcomes' },
  endpointHealth: { message: messages.EndpointHealthV1, title: 'Health of endpoints' },
  webhookEvents: { message: messages.WebhookEventV1, title: 'Changes of webhooks' },
};

/** The AsyncAPI 3.0 description of the topics by which others meet Hookstream. */
export function asyncapiDocument({ version, layout, domainTopics, sample, golden }: DocumentParts): object {
  const shapes = domainMessages(sample);
  const own = Object.values(PUBLIC).map(({ message }) => message);
  const publicEntries = Object.entries(PUBLIC);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Hookstream',
      version,
      description:
        'What Hookstream reads from Kafka and what it writes for others to read. Each record of its own topics is a CloudEvent 1.0 in binary content mode. ' +
        'Readers should pass over members that they do not know: an optional one can be added at any time, anything else gets a new version of its type. ' +
        'A repeat of a record, which a crash can cause, has the same `ce_id`. `TOPIC_PREFIX` replaces the leading `hookstream` of the topics’ names.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      local: {
        host: '127.0.0.1:9092',
        protocol: 'kafka',
        description: 'The Kafka that `npm start` brings; elsewhere it is one of `KAFKA_BROKERS`.',
      },
    },
    channels: {
      domainEvents: {
        address: '{topic}',
        title: 'Domain topics',
        description:
          'Where upstream services publish events, with any Kafka client and compression, up to 1 MiB an event. A record is read by its headers: as a structured CloudEvent, a binary one, or else plain JSON. ' +
          'What happened is in docs/event-catalog.md, one topic for each module.',
        parameters: {
          topic: { enum: [...domainTopics], description: 'A topic of the catalog, or another one that `DOMAIN_TOPICS` names.' },
        },
        messages: referencesTo(Object.keys(shapes)),
        ...topicBindings(domainTopic(''), layout),
      },
      ...Object.fromEntries(
        publicEntries.map(([name, { message, title }]) => [
          name,
          { title, ...topicChannel(message.topic, layout), description: message.summary, messages: referencesTo([messageName(message)]) },
        ]),
      ),
      unmatchedEvents: {
        title: 'Unmatched events',
        ...topicChannel(Topics.unmatchedEvents, layout),
        description:
          'Events of accounts with webhooks that none of these wanted. Why follows from the event and the webhooks: ask for its trace.',
        messages: referencesTo(['UnmatchedEvent']),
      },
      deadLetters: {
        title: 'Dead letters',
        ...topicChannel(Topics.deadLetters, layout),
        description: 'Records of domain topics that could not be read.',
        messages: referencesTo(['DeadLetter']),
      },
    },
    operations: {
      readDomainEvents: operation('receive', 'domainEvents', 'You publish events; Hookstream reads them.'),
      ...Object.fromEntries(
        publicEntries.map(([name]) => [`write${capital(name)}`, operation('send', name, 'Hookstream writes; you may read.')]),
      ),
      writeUnmatchedEvents: operation('send', 'unmatchedEvents', 'Hookstream writes; you may read.'),
      writeDeadLetters: operation('send', 'deadLetters', 'Hookstream writes; you may read, repair and publish again.'),
    },
    components: {
      messages: {
        ...shapes,
        ...Object.fromEntries(own.map((message) => [messageName(message), ownMessage(message, golden(message.fixture))])),
        UnmatchedEvent: unmatchedEventMessage(sample),
        DeadLetter: deadLetterMessage(),
      },
      schemas: { OwnHeaders: OWN_HEADERS, ...Object.fromEntries(own.map((message) => [messageName(message), message.schema])) },
    },
  };
}

function referencesTo(names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
}

function operation(action: 'send' | 'receive', channel: string, summary: string): object {
  return { action, channel: { $ref: `#/channels/${channel}` }, summary };
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
