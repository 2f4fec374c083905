const DATA = '{"orderId":"o-1","total":"24.00"}';
const ID = 'evt_01kay2q4c8f0v6m3d9x7r5t1zd';
const TIME = '2026-11-20T10:15:30.001Z';

/** One event in each format, line breaks added to be read. The bodies are those of the contract. */
export const FORMAT_EXAMPLES = [
  {
    format: 'DEFAULT',
    contentType: 'application/json',
    body: `{"id":"${ID}",\n "event":"order_created",\n "accountId":"default",\n "time":"${TIME}",\n "data":${DATA}}`,
  },
  {
    format: 'ENVELOPE',
    contentType: 'application/json',
    body: `{"event_time":"${TIME}",\n "event_type":"order_created",\n "current_context":null,\n "data":${DATA}}`,
  },
  { format: 'STANDARD', contentType: 'application/json', body: `{"type":"order_created",\n "timestamp":"${TIME}",\n "data":${DATA}}` },
  {
    format: 'CLOUDEVENTS',
    contentType: 'application/cloudevents+json',
    body: `{"specversion":"1.0",\n "id":"${ID}",\n "source":"/shop",\n "type":"order_created",\n "time":"${TIME}",\n "datacontenttype":"application/json",\n "accountid":"default",\n "data":${DATA}}`,
  },
  { format: 'RAW', contentType: 'application/json', body: DATA },
  {
    format: 'XML',
    contentType: 'application/xml',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<event id="${ID}" type="order_created" time="${TIME}">\n  <orderId>o-1</orderId>\n  <total>24.00</total>\n</event>`,
  },
  {
    format: 'Z_API',
    contentType: 'application/json',
    body: `{"type":"ReceivedCallback",\n "instanceId":"br-1",\n "messageId":"3EB0C767D82B9A4A3F5E",\n "phone":"5511987654321",\n "fromMe":false,\n "momment":1795169730000,\n "status":"RECEIVED",\n …\n "text":{"message":"Hi!"}}`,
  },
] as const;
