import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import {
  ContractViolation,
  decodeDeliveryCommand,
  decodeDeliveryRequested,
  headerText,
  isDeliveryCommand,
  type ReceivedRecord,
} from '#libs/contracts';
import { deadLetter, type BatchContext, type RecordOutcome } from '#libs/messaging';
import { DeliveryCommands } from './delivery-commands.js';
import { DeliveryService } from './delivery.service.js';

/** The name of the subscription to `hookstream.deliveries`. */
export const DELIVERY_REQUESTS = 'delivery-requests';
/** Keeps this handler apart from those of the app's other consumers. */
export const DELIVERIES_TRANSPORT = Symbol('deliveries');

@Controller()
export class DeliveryRequestConsumer {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly commands: DeliveryCommands,
  ) {}

  @EventPattern<string>(DELIVERY_REQUESTS, DELIVERIES_TRANSPORT)
  handle(@Payload() records: readonly ReceivedRecord[], @Ctx() context: BatchContext): (RecordOutcome | Promise<RecordOutcome>)[] {
    return records.map((record) => this.one(record, context));
  }

  private one(record: ReceivedRecord, context: BatchContext): RecordOutcome | Promise<RecordOutcome> {
    try {
      if (isDeliveryCommand(headerText(record.headers, 'ce_type'))) return this.commands.carryOut(decodeDeliveryCommand(record));
      return this.deliveries.deliver(decodeDeliveryRequested(record), record.timestamp, context);
    } catch (error) {
      if (error instanceof ContractViolation) return deadLetter(error.reason);
      throw error;
    }
  }
}
