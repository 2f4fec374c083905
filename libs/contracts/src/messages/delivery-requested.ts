import { cloudEventHeaders, readCloudEventHeaders, requiredHeader } from '../cloud-event.js';
import { ContractViolation } from '../contract-violation.js';
import { headerText, type ReceivedRecord, type WireRecord } from '../wire-record.js';
import type { DomainEvent } from './domain-event.js';

export const DELIVERY_REQUESTED = 'hookstream.delivery.requested.v1';

/** Why an attempt is made. */
export const ATTEMPT_TRIGGERS = ['event', 'retry', 'redelivery', 'test', 'probe'] as const;
export type AttemptTrigger = (typeof ATTEMPT_TRIGGERS)[number];

/** One requested attempt of a delivery, on `hookstream.deliveries`. The record's value is the event's data, as published. */
export interface DeliveryRequestedV1 {
  readonly deliveryId: string;
  readonly webhookId: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly trigger: AttemptTrigger;
  /** RFC 3339: when the first attempt of this delivery was requested. */
  readonly requestedAt: string;
  readonly event: DomainEvent;
}

// What CloudEvents has no attribute for travels in one header: each header costs the client more than a few bytes of JSON.
interface DeliveryHeader {
  readonly d: string;
  readonly n: number;
  readonly t: AttemptTrigger;
  readonly e: readonly [id: string, source: string, type: string, time: string];
  readonly x?: string | undefined;
}

/** As a record for `hookstream.deliveries`. @param source the CloudEvents source of the service that asks */
export function encodeDeliveryRequested(message: DeliveryRequestedV1, source: string): WireRecord {
  const { event } = message;
  const headers = cloudEventHeaders({
    id: `${message.deliveryId}:${message.attempt}`,
    source,
    type: DELIVERY_REQUESTED,
    time: message.requestedAt,
    subject: message.webhookId,
    accountId: event.accountId,
    channelId: event.channelId,
    dataContentType: event.dataContentType,
    traceparent: event.traceparent,
  });
  headers['ce_delivery'] = JSON.stringify({
    d: message.deliveryId,
    n: message.attempt,
    t: message.trigger,
    e: [event.id, event.source, event.type, event.time],
    x: event.context,
  } satisfies DeliveryHeader);
  return { key: message.webhookId, value: event.data, headers };
}

/** @throws ContractViolation when the record is not a delivery request */
export function decodeDeliveryRequested(record: Pick<ReceivedRecord, 'headers' | 'value'>): DeliveryRequestedV1 {
  const attributes = readCloudEventHeaders(record.headers);
  if (attributes.type !== DELIVERY_REQUESTED)
    throw new ContractViolation('CE_TYPE_UNEXPECTED', `ce_type ${attributes.type} is not expected here`);
  if (record.value === null) throw new ContractViolation('EVENT_VALUE_MISSING', 'a delivery request needs the event data as its value');
  const header = parseDeliveryHeader(requiredHeader(record.headers, 'ce_delivery'));
  return {
    deliveryId: header.d,
    webhookId: requiredHeader(record.headers, 'ce_subject'),
    attempt: header.n,
    trigger: header.t,
    requestedAt: attributes.time,
    event: {
      id: header.e[0],
      source: header.e[1],
      type: header.e[2],
      time: header.e[3],
      accountId: requiredHeader(record.headers, 'ce_accountid'),
      channelId: attributes.channelId,
      context: header.x,
      dataContentType: headerText(record.headers, 'content-type'),
      traceparent: attributes.traceparent,
      data: record.value,
    },
  };
}

function parseDeliveryHeader(text: string): DeliveryHeader {
  let parsed: DeliveryHeader;
  try {
    parsed = JSON.parse(text) as DeliveryHeader;
  } catch {
    throw new ContractViolation('JSON_INVALID', 'ce_delivery is not JSON');
  }
  const valid =
    typeof parsed?.d === 'string' &&
    Number.isInteger(parsed.n) &&
    parsed.n >= 1 &&
    ATTEMPT_TRIGGERS.includes(parsed.t) &&
    Array.isArray(parsed.e) &&
    parsed.e.length === 4 &&
    parsed.e.every((part) => typeof part === 'string') &&
    (parsed.x === undefined || typeof parsed.x === 'string');
  if (!valid) throw new ContractViolation('MESSAGE_SHAPE_INVALID', 'ce_delivery lacks a member or has one of the wrong type');
  return parsed;
}
