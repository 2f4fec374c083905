import { jsonRecord, readJsonRecord } from '../cloud-event.js';
import { Topics } from '../topics.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { ERROR_CLASSES, type ErrorClass } from './error-class.js';
import { CIRCUITS, type Circuit } from './circuit.js';
import { objectOf, type MessageSpec } from './message-spec.js';
import { shapeCheck } from './shape-check.js';

export const ENDPOINT_HEALTH_CHANGED = 'hookstream.endpoint.health-changed.v1';

/** Why a webhook is to be disabled: nothing but failures for days, or the receiver answered 410. */
export const AUTO_DISABLE_REASONS = ['failing', 'gone'] as const;
export type AutoDisableReason = (typeof AUTO_DISABLE_REASONS)[number];

/** What the delivery-service knows of a webhook's endpoint, public, on the compacted `hookstream.endpoint-health`. */
export interface EndpointHealthV1 {
  readonly webhookId: string;
  readonly accountId: string;
  /** Rises with every record of the webhook; a reader applies only higher ones. */
  readonly version: number;
  readonly circuit: Circuit;
  /** RFC 3339: since when the circuit is in this state. Of a reopened circuit: since this opening. */
  readonly since: string;
  readonly consecutiveFailures: number;
  /** How often the circuit has opened since it was last closed; its open time doubles with each. */
  readonly openings: number;
  /** RFC 3339; `null` unless the circuit is open. */
  readonly nextProbeAt: string | null;
  /** RFC 3339: the first failure after the last success; `null` when the last attempt succeeded. */
  readonly failingSince: string | null;
  /** The last warning given before auto-disable, in percent of the time it takes: 0, 50, 70 or 90. */
  readonly warnedPercent: number;
  /** Set when the webhook is to be disabled. */
  readonly autoDisabled: AutoDisableReason | null;
  readonly lastStatusCode: number | null;
  readonly lastErrorClass: ErrorClass | null;
  /** RFC 3339. */
  readonly changedAt: string;
}

export const endpointHealthV1: MessageSpec<EndpointHealthV1> = {
  name: 'EndpointHealth',
  version: 1,
  types: [ENDPOINT_HEALTH_CHANGED],
  topic: Topics.endpointHealth,
  summary: "The state of a webhook's endpoint after it has changed; the latest record of a key is the present state.",
  fixture: 'endpoint-health-changed.v1',
  schema: objectOf<EndpointHealthV1>({
    webhookId: { type: 'string', description: 'The webhook, `wh_…`; also the key of the record.' },
    accountId: { type: 'string', description: 'The account that owns the webhook.' },
    version: { type: 'integer', minimum: 1, description: 'Rises with every record of the webhook; apply only higher ones.' },
    circuit: { type: 'string', enum: CIRCUITS, description: 'Open: no attempts are made. Half-open: one probe is under way.' },
    since: { type: 'string', description: 'Since when the circuit is in this state, RFC 3339.' },
    consecutiveFailures: { type: 'integer', minimum: 0, description: 'Failures in a row that count against the endpoint.' },
    openings: { type: 'integer', minimum: 0, description: 'How often the circuit has opened since it was last closed.' },
    nextProbeAt: { type: ['string', 'null'], description: 'When the next probe is made, RFC 3339; null unless the circuit is open.' },
    failingSince: { type: ['string', 'null'], description: 'The first failure after the last success, RFC 3339.' },
    warnedPercent: {
      type: 'integer',
      enum: [0, 50, 70, 90],
      description: 'The last warning given before auto-disable, in percent of its time.',
    },
    autoDisabled: {
      type: ['string', 'null'],
      enum: [...AUTO_DISABLE_REASONS, null],
      description: 'Why the webhook is to be disabled; null when it is not.',
    },
    lastStatusCode: { type: ['integer', 'null'], description: 'HTTP status of the last answer; null when there was none.' },
    lastErrorClass: {
      type: ['string', 'null'],
      enum: [...ERROR_CLASSES, null],
      description: 'The kind of failure of the last attempt; null when it succeeded.',
    },
    changedAt: { type: 'string', description: 'When this state was reached, RFC 3339.' },
  }),
};

const check = shapeCheck(endpointHealthV1);

/** As a record for `hookstream.endpoint-health`. */
export function encodeEndpointHealth(message: EndpointHealthV1, source: string): WireRecord {
  return jsonRecord(
    {
      id: `${message.webhookId}:${message.version}`,
      source,
      type: ENDPOINT_HEALTH_CHANGED,
      time: message.changedAt,
      subject: message.webhookId,
      accountId: message.accountId,
    },
    message,
  );
}

/** @throws ContractViolation when the record is not an endpoint's health */
export function decodeEndpointHealth(record: Pick<ReceivedRecord, 'headers' | 'value'>): EndpointHealthV1 {
  return check(readJsonRecord(record, [ENDPOINT_HEALTH_CHANGED]).data);
}
