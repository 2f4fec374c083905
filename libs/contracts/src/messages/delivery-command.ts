import { jsonRecord, readJsonRecord } from '../cloud-event.js';
import { Topics } from '../topics.js';
import type { ReceivedRecord, WireRecord } from '../wire-record.js';
import { objectOf, type MessageSpec } from './message-spec.js';
import { shapeCheck } from './shape-check.js';

/** What can be asked of the owner of a webhook's deliveries. Without a delivery id, `expedite` and `cancel` mean all that wait. */
export const DELIVERY_COMMANDS = ['probe', 'reset', 'cancel', 'expedite'] as const;
export type DeliveryCommandName = (typeof DELIVERY_COMMANDS)[number];

/** The CloudEvents type of a command. */
export function deliveryCommandType(command: DeliveryCommandName): string {
  const about = command === 'probe' || command === 'reset' ? 'endpoint' : 'delivery';
  return `hookstream.${about}.${command}-requested.v1`;
}

/** A command, on `hookstream.deliveries` beside the requests, since the owner of its partition has to carry it out. */
export interface DeliveryCommandV1 {
  readonly webhookId: string;
  readonly accountId: string;
  readonly command: DeliveryCommandName;
  readonly deliveryId: string | null;
  /** Of `expedite`: the attempt that is meant, since the delivery may wait for it in a moment only. Absent: what waits now. */
  readonly attempt?: number | undefined;
  /** Who asks, such as `key:key_01k…` or `admin`. */
  readonly actor: string;
  /** RFC 3339. */
  readonly requestedAt: string;
}

export const deliveryCommandV1: MessageSpec<DeliveryCommandV1> = {
  name: 'DeliveryCommand',
  version: 1,
  types: DELIVERY_COMMANDS.map(deliveryCommandType),
  topic: Topics.deliveries,
  summary: "Something asked of the owner of a webhook's deliveries.",
  fixture: 'delivery-expedite-requested-attempt.v1',
  schema: objectOf<DeliveryCommandV1>(
    {
      webhookId: { type: 'string', description: 'The webhook, `wh_…`; also the key of the record.' },
      accountId: { type: 'string', description: 'The account that owns the webhook.' },
      command: { type: 'string', enum: DELIVERY_COMMANDS, description: 'What is asked.' },
      deliveryId: { type: ['string', 'null'], description: 'The delivery that is meant; null: all of the webhook that wait.' },
      attempt: { type: 'integer', minimum: 1, description: 'Of `expedite`: the attempt that is meant; absent: what waits now.' },
      actor: { type: 'string', description: 'Who asks.' },
      requestedAt: { type: 'string', description: 'When, RFC 3339.' },
    },
    ['attempt'],
  ),
};

const check = shapeCheck(deliveryCommandV1);
const TYPES = DELIVERY_COMMANDS.map(deliveryCommandType);

/** Whether a record of `hookstream.deliveries` with this CloudEvents type is a command. */
export function isDeliveryCommand(type: string | undefined): boolean {
  return type !== undefined && TYPES.includes(type);
}

/** As a record for `hookstream.deliveries`. @param id names the command: a repeated record has the same */
export function encodeDeliveryCommand(message: DeliveryCommandV1, id: string, source: string): WireRecord {
  return jsonRecord(
    {
      id,
      source,
      type: deliveryCommandType(message.command),
      time: message.requestedAt,
      subject: message.webhookId,
      accountId: message.accountId,
    },
    message,
  );
}

/** @throws ContractViolation when the record is not a command */
export function decodeDeliveryCommand(record: Pick<ReceivedRecord, 'headers' | 'value'>): DeliveryCommandV1 {
  return check(readJsonRecord(record, TYPES).data);
}
