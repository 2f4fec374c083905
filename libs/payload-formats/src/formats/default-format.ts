import { body, dataAsJson, JSON_CONTENT_TYPE } from '../event-data.js';
import type { PayloadFormat } from '../payload-format.js';

/** Hookstream's own: `{"id","event","accountId","channelId"?,"time","data"}`. */
export const defaultFormat: PayloadFormat = {
  name: 'DEFAULT',
  contentType: () => JSON_CONTENT_TYPE,
  render: ({ event }) => {
    const { id, type, accountId, time } = event;
    const channelId = event.channelId || undefined;
    // stringify leaves out what is undefined, and writes members in this order.
    const head = JSON.stringify({ id, event: type, accountId, channelId, time });
    return body(head.slice(0, -1), ',"data":', dataAsJson(event), '}');
  },
};
