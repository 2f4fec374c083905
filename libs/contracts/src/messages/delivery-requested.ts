import { cloudEventHeaders, readCloudEventHeaders, requiredHeader } from '../cloud-event.js';
import { ContractViolation } from '../contract-violation.js';
import { headerText, type ReceivedRecord, type WireRecord } from '../wire-record.js';
import type { ErrorClass } from './error-class.js';
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
  /**
   * How often the delivery has waited in the due table before this record; 0 when it has not. A delivery may wait without
   * an attempt, so that attempt and wait together name one record of it: copies of that record are repeats.
   */
  readonly wait: number;
  /** RFC 3339: when the first attempt of this delivery was requested. */
  readonly requestedAt: string;
  /** What the attempts so far left behind; `null` before the first. */
  readonly past: DeliveryPast | null;
  /** Why no attempt is to be made: the delivery ends at once, discarded. Absent: an attempt is wanted. */
  readonly refused?: DeliveryRefusal | undefined;
  readonly event: DomainEvent;
}

/** Waits count upwards from 0 and never come this far; a redelivery begins here, or beyond where it is told apart by more than its attempt. */
export const FIRST_REDELIVERY_WAIT = 1_000_000;

/** Whether a record is of a redelivery, and not of what the router asked for: what follows from one keeps the time of its request. */
export function isOfRedelivery({ wait }: Pick<DeliveryRequestedV1, 'wait'>): boolean {
  return wait >= FIRST_REDELIVERY_WAIT;
}

export const REFUSAL_CODES = ['filter_failed'] as const;

/** Why the router could not tell whether the webhook wants the event. */
export interface DeliveryRefusal {
  readonly code: (typeof REFUSAL_CODES)[number];
  /** For a person; nothing of the event's data is in it. */
  readonly detail: string;
}

/** What has to be known of earlier attempts when a delivery ends. */
export interface DeliveryPast {
  /** RFC 3339. */
  readonly firstAttemptAt: string;
  readonly lastStatusCode: number | null;
  readonly lastErrorClass: ErrorClass | null;
}

// What CloudEvents has no attribute for travels in one header: each header costs the client more than a few bytes of JSON.
interface DeliveryHeader {
  readonly d: string;
  readonly n: number;
  readonly t: AttemptTrigger;
  readonly e: readonly [id: string, source: string, type: string, time: string];
  readonly x?: string | undefined;
  /** Absent: 0. */
  readonly w?: number | undefined;
  readonly p?: readonly [firstAttemptAt: string, lastStatusCode: number | null, lastErrorClass: ErrorClass | null] | undefined;
  readonly r?: readonly [code: DeliveryRefusal['code'], detail: string] | undefined;
}

/** As a record for `hookstream.deliveries`. @param source the CloudEvents source of the service that asks */
export function encodeDeliveryRequested(message: DeliveryRequestedV1, source: string): WireRecord {
  return encodeDelivery(DELIVERY_REQUESTED, message, source);
}

/** A delivery as a record of the given CloudEvents type; the topics of deliveries and of retries share this form. */
export function encodeDelivery(type: string, message: DeliveryRequestedV1, source: string): WireRecord {
  const { event, past, refused } = message;
  const headers = cloudEventHeaders({
    id: `${message.deliveryId}:${message.attempt}:${message.wait}`,
    source,
    type,
    time: message.requestedAt,
    subject: message.webhookId,
    accountId: event.accountId,
    channelId: event.channelId,
    dataContentType: event.dataContentType,
    traceparent: event.traceparent,
  });
  const header: DeliveryHeader = {
    d: message.deliveryId,
    n: message.attempt,
    t: message.trigger,
    e: [event.id, event.source, event.type, event.time],
    x: event.context,
    w: message.wait === 0 ? undefined : message.wait,
    p: past === null ? undefined : [past.firstAttemptAt, past.lastStatusCode, past.lastErrorClass],
  };
  headers['ce_delivery'] = JSON.stringify(refused === undefined ? header : { ...header, r: [refused.code, refused.detail] });
  return { key: message.webhookId, value: event.data, headers };
}

/** @throws ContractViolation when the record is not a delivery request */
export function decodeDeliveryRequested(record: Pick<ReceivedRecord, 'headers' | 'value'>): DeliveryRequestedV1 {
  return decodeDelivery(DELIVERY_REQUESTED, record);
}

/** The reverse of `encodeDelivery`. @throws ContractViolation when the record is not a delivery of that type */
export function decodeDelivery(type: string, record: Pick<ReceivedRecord, 'headers' | 'value'>): DeliveryRequestedV1 {
  const attributes = readCloudEventHeaders(record.headers);
  if (attributes.type !== type) throw new ContractViolation('CE_TYPE_UNEXPECTED', `ce_type ${attributes.type} is not expected here`);
  if (record.value === null) throw new ContractViolation('EVENT_VALUE_MISSING', 'a delivery request needs the event data as its value');
  const header = parseDeliveryHeader(requiredHeader(record.headers, 'ce_delivery'));
  return {
    deliveryId: header.d,
    webhookId: requiredHeader(record.headers, 'ce_subject'),
    attempt: header.n,
    trigger: header.t,
    wait: header.w ?? 0,
    past: header.p ? { firstAttemptAt: header.p[0], lastStatusCode: header.p[1], lastErrorClass: header.p[2] } : null,
    refused: header.r && { code: header.r[0], detail: header.r[1] },
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
    (parsed.x === undefined || typeof parsed.x === 'string') &&
    (parsed.w === undefined || (Number.isInteger(parsed.w) && parsed.w >= 0)) &&
    (parsed.p === undefined || (Array.isArray(parsed.p) && parsed.p.length === 3 && typeof parsed.p[0] === 'string')) &&
    (parsed.r === undefined ||
      (Array.isArray(parsed.r) && parsed.r.length === 2 && REFUSAL_CODES.includes(parsed.r[0]) && typeof parsed.r[1] === 'string'));
  if (!valid) throw new ContractViolation('MESSAGE_SHAPE_INVALID', 'ce_delivery lacks a member or has one of the wrong type');
  return parsed;
}
