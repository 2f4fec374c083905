import * as rpc from '../grpc/index.js';
import { enumOf, timestampOf } from '../grpc/index.js';
import type { AttemptDetailView, AttemptView } from './attempt.view.js';
import type { DeliveryDetailView, DeliveryView } from './delivery.view.js';
import type { EventDetailView, EventView } from './event.view.js';
import type { AttemptFailure } from '../failure-words/index.js';
import type { TracedWebhook } from './trace.service.js';

/** An attempt as a message; what is null over HTTP is absent. */
export function attemptMessage(view: AttemptView): rpc.Attempt {
  const { channelId, trigger, attemptedAt, statusCode, status, errorClass, nextAttemptAt, ...same } = view;
  return {
    ...same,
    channelId: channelId ?? undefined,
    trigger: enumOf('ATTEMPT_TRIGGER_', trigger),
    attemptedAt: timestampOf(attemptedAt),
    statusCode: statusCode ?? undefined,
    status: enumOf('ATTEMPT_STATUS_', status),
    errorClass: errorClass === null ? undefined : enumOf('ERROR_CLASS_', errorClass),
    nextAttemptAt: timestampOrNone(nextAttemptAt),
  };
}

export function attemptDetailMessage(view: AttemptDetailView): rpc.AttemptDetail {
  const { circuit, failure, request, response, timings, resolvedAddress, ...attempt } = view;
  return {
    attempt: attemptMessage(attempt),
    circuit: enumOf('CIRCUIT_STATE_', circuit),
    failure: failureMessage(failure),
    request: { ...request, body: request.body ?? undefined },
    response: response ? { ...response, headers: headerMessages(response.headers) } : undefined,
    timings: {
      dns: timings.dns ?? undefined,
      connect: timings.connect ?? undefined,
      tls: timings.tls ?? undefined,
      firstByte: timings.firstByte ?? undefined,
      total: timings.total,
    },
    resolvedAddress: resolvedAddress ?? undefined,
  };
}

export function deliveryMessage(view: DeliveryView): rpc.Delivery {
  const { channelId, state, reason, lastStatusCode, lastErrorClass, nextAttemptAt, createdAt, completedAt, ...same } = view;
  return {
    ...same,
    channelId: channelId ?? undefined,
    state: enumOf('DELIVERY_STATE_', state),
    reason: reason ?? undefined,
    lastStatusCode: lastStatusCode ?? undefined,
    lastErrorClass: lastErrorClass === null ? undefined : enumOf('ERROR_CLASS_', lastErrorClass),
    nextAttemptAt: timestampOrNone(nextAttemptAt),
    createdAt: timestampOf(createdAt),
    completedAt: timestampOrNone(completedAt),
  };
}

export function deliveryDetailMessage({ totalMs, failure, event, timeline, ...delivery }: DeliveryDetailView): rpc.DeliveryDetail {
  return {
    delivery: deliveryMessage(delivery),
    totalMs: totalMs ?? undefined,
    failure: failureMessage(failure),
    event: event ?? undefined,
    timeline: timeline.map(attemptMessage),
  };
}

export function eventMessage({ channelId, receivedAt, result, ...same }: EventView): rpc.PastEvent {
  return { ...same, channelId: channelId ?? undefined, receivedAt: timestampOf(receivedAt), result: enumOf('EVENT_RESULT_', result) };
}

export function eventDetailMessage(view: EventDetailView, data: Buffer): rpc.PastEventDetail {
  const { dataContentType, context, data: _, dataState, traceparent, ...event } = view;
  return {
    event: eventMessage(event),
    dataContentType: dataContentType ?? undefined,
    context: context ?? undefined,
    data,
    dataState,
    traceparent: traceparent ?? undefined,
  };
}

export function tracedWebhookMessage({ name, url, reason, deliveries, ...same }: TracedWebhook): rpc.TracedWebhook {
  return {
    ...same,
    name: name ?? undefined,
    url: url ?? undefined,
    reason: reason ?? undefined,
    deliveries: deliveries.map(({ delivery, attempts }) => ({
      delivery: deliveryMessage(delivery),
      attempts: attempts.map(attemptMessage),
    })),
  };
}

function failureMessage(failure: AttemptFailure | null): rpc.AttemptFailure | undefined {
  return failure ? { ...failure, message: failure.message ?? undefined } : undefined;
}

function headerMessages(headers: Readonly<Record<string, string | string[]>>): Record<string, rpc.HeaderValues> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { values: [value].flat() }]));
}

export function timestampOrNone(time: string | null): rpc.Timestamp | undefined {
  return time === null ? undefined : timestampOf(time);
}
