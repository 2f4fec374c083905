import { body, dataAsJson, JSON_CONTENT_TYPE } from '../event-data.js';
import type { PayloadFormat } from '../payload-format.js';

/** The payload that the Standard Webhooks specification proposes: `{"type","timestamp","data"}`. */
export const standardFormat: PayloadFormat = {
  name: 'STANDARD',
  contentType: () => JSON_CONTENT_TYPE,
  render: ({ event }) => {
    const head = JSON.stringify({ type: event.type, timestamp: event.time });
    return body(head.slice(0, -1), ',"data":', dataAsJson(event), '}');
  },
};
