import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { ContractViolation, decodeDeliveryRequested, type ReceivedRecord } from '#libs/contracts';
import { deadLetter, type BatchContext, type RecordOutcome } from '#libs/messaging';
import { DeliveryService } from './delivery.service.js';

/** The name of the subscription to `hookstream.deliveries`. */
export const DELIVERY_REQUESTS = 'delivery-requests';

@Controller()
export class DeliveryRequestConsumer {
  constructor(private readonly deliveries: DeliveryService) {}

  @EventPattern<string>(DELIVERY_REQUESTS)
  handle(@Payload() records: readonly ReceivedRecord[], @Ctx() context: BatchContext): (RecordOutcome | Promise<RecordOutcome>)[] {
    return records.map((record) => this.one(record, context));
  }

  private one(record: ReceivedRecord, context: BatchContext): RecordOutcome | Promise<RecordOutcome> {
    try {
      return this.deliveries.deliver(decodeDeliveryRequested(record), context);
    } catch (error) {
      if (error instanceof ContractViolation) return deadLetter(error.reason);
      throw error;
    }
  }
}
