import { encodeAttempted, encodeDeliveryRequested, encodeOutcome, type DeliveryAttemptedV1, type WireRecord } from '#libs/contracts';
import { composeId, newId } from '#libs/kernel';
import { createHash } from 'node:crypto';

const SOURCE = '/bench';
const FILLER = 'x'.repeat(980);

/** What the services publish about one delivery that succeeds at once: its request, its attempt and its outcome. */
export interface DeliveryRecords {
  readonly deliveries: WireRecord;
  readonly attempts: WireRecord;
  readonly outcomes: WireRecord;
}

/** Records of a delivery of 1 KiB. @param at milliseconds since the epoch */
export function deliveryRecords(eventId: string, webhookId: string, at: number): DeliveryRecords {
  const time = new Date(at).toISOString();
  const event = {
    ...{ id: eventId, source: SOURCE, type: 'order_created', time, accountId: 'default', dataContentType: 'application/json' },
    data: Buffer.from(`{"orderId":"${eventId}","note":"${FILLER}"}`),
  };
  const tail = createHash('sha256').update(`${SOURCE}\0${eventId}\0${webhookId}`).digest();
  const deliveryId = composeId('dlv', at, tail);
  const subject = { deliveryId, webhookId, accountId: 'default', channelId: null, eventId, eventType: event.type };
  const attempt: DeliveryAttemptedV1 = {
    ...subject,
    ...{ id: newId('att', at), attempt: 1, trigger: 'event', circuit: 'closed', attemptedAt: time, durationMs: 4 },
    ...{ statusCode: 200, status: 'succeeded', errorClass: null, error: null, nextAttemptAt: null },
    request: {
      method: 'POST',
      url: 'https://receiver.example/hooks/orders',
      headers: {
        ...{ 'content-type': 'application/json', 'user-agent': 'Hookstream/0.1.0', 'webhook-id': eventId },
        ...{ 'webhook-timestamp': String(Math.floor(at / 1000)), 'x-hookstream-event': event.type, 'x-hookstream-delivery': deliveryId },
        ...{ 'x-hookstream-attempt': '1', 'webhook-signature': 'v1,MEUCIQDx3Yk1b0bK1J8m8o1v8nVt9v1d0jSVKpsn3sQnLq4=' },
      },
      body: `{"id":"${eventId}","event":"${event.type}","accountId":"default","time":"${time}","data":${event.data.toString()}}`,
    },
    response: { status: 200, headers: { date: 'Sat, 21 Nov 2026 10:00:00 GMT', connection: 'keep-alive' }, body: '', truncated: false },
    timings: { dns: null, connect: null, tls: null, firstByte: 3, total: 4 },
    resolvedAddress: '192.0.2.10',
  };
  return {
    deliveries: encodeDeliveryRequested(
      { deliveryId, webhookId, attempt: 1, trigger: 'event', wait: 0, requestedAt: time, past: null, event },
      SOURCE,
    ),
    attempts: encodeAttempted(attempt, SOURCE),
    outcomes: encodeOutcome(
      {
        ...subject,
        ...{ result: 'succeeded', reason: null, attempts: 1, lastStatusCode: 200, lastErrorClass: null },
        ...{ firstAttemptAt: time, completedAt: time, totalMs: 5 },
      },
      SOURCE,
    ),
  };
}
