import { body, dataAsJson, dataAsText, hasJsonData, JSON_CONTENT_TYPE } from '../event-data.js';
import type { PayloadFormat } from '../payload-format.js';

/**
 * CloudEvents 1.0 in structured JSON mode. Account, channel and context are extension attributes; as those must be of simple types,
 * the context travels as its JSON text.
 */
export const cloudEventsFormat: PayloadFormat = {
  name: 'CLOUDEVENTS',
  contentType: () => 'application/cloudevents+json',
  render: ({ event }) => {
    const head = JSON.stringify({
      specversion: '1.0',
      id: event.id,
      source: event.source,
      type: event.type,
      time: event.time,
      datacontenttype: event.dataContentType || JSON_CONTENT_TYPE,
      accountid: event.accountId,
      channelid: event.channelId || undefined,
      context: event.context || undefined,
    });
    // The specification has a member of its own for bytes that are no text.
    const member = !hasJsonData(event) && dataAsText(event).base64 ? 'data_base64' : 'data';
    return body(head.slice(0, -1), `,"${member}":`, dataAsJson(event), '}');
  },
};
