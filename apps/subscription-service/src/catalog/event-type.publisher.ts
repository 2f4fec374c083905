import { encodeEventTypeState, encodeEventTypeTombstone, headerText, topicName, Topics } from '#libs/contracts';
import type { OutboxRecord } from '#libs/persistence';
import type { EventTypeVersion } from './event-type.js';

const SOURCE = 'hookstream/subscription-service';

/** A change of a type as the record that other services read. */
export class EventTypePublisher {
  /** @param topicPrefix replaces the leading `hookstream` of topic names */
  constructor(private readonly topicPrefix: string) {}

  record({ name, version, definition, createdAt }: EventTypeVersion): OutboxRecord {
    const { key, value, headers } = definition
      ? encodeEventTypeState(
          {
            name,
            version,
            module: definition.module,
            combines: definition.combines,
            schema: definition.schema,
            schemaCheck: definition.schemaCheck,
            deprecated: definition.deprecated,
            updatedAt: createdAt,
          },
          SOURCE,
        )
      : encodeEventTypeTombstone({ name, version, time: createdAt }, SOURCE);
    const texts = Object.fromEntries(Object.keys(headers).map((header) => [header, headerText(headers, header) ?? '']));
    return { topic: topicName(Topics.eventTypes, this.topicPrefix), key: String(key), value, headers: texts };
  }
}
