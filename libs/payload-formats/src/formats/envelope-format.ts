import { body, contextAsJson, dataAsJson, JSON_CONTENT_TYPE } from '../event-data.js';
import type { PayloadFormat } from '../payload-format.js';

/** Exactly four members: `{"event_time","event_type","current_context","data"}`. */
export const envelopeFormat: PayloadFormat = {
  name: 'ENVELOPE',
  contentType: () => JSON_CONTENT_TYPE,
  render: ({ event }) => {
    const head = JSON.stringify({ event_time: event.time, event_type: event.type });
    return body(head.slice(0, -1), `,"current_context":${contextAsJson(event)},"data":`, dataAsJson(event), '}');
  },
};
