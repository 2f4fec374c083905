import { JSON_CONTENT_TYPE } from '../event-data.js';
import type { PayloadFormat } from '../payload-format.js';

/** The data alone, byte for byte, under the content type it was published with. */
export const rawFormat: PayloadFormat = {
  name: 'RAW',
  contentType: (event) => event.dataContentType || JSON_CONTENT_TYPE,
  render: ({ event }) => event.data,
};
