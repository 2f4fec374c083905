import {
  encodeDeliveryCommand,
  encodeDeliveryRequested,
  type DeliveryCommandV1,
  type DeliveryRequestedV1,
  type WireRecord,
} from '#libs/contracts';
import { AppError } from '#libs/kernel';
import type { Publisher } from '#libs/messaging';
import './redelivery.errors.js';

const SOURCE = '/hookstream/subscription-service';
/** A caller waits no longer for the broker; the same call again repeats the record, and a repeat is dropped. */
const DEADLINE_MS = 4_000;
const RETRY_AFTER_SECONDS = 2;

/** Asks the delivery-service for attempts, on `hookstream.deliveries`. */
export class DeliveryRequests {
  /** @param topic the full name of the topic of deliveries */
  constructor(
    private readonly publisher: Publisher,
    private readonly topic: string,
  ) {}

  /**
   * Resolves once the broker has the request.
   * @throws AppError `SENDING_UNAVAILABLE` when it does not answer in time; the request may have been written all the same
   */
  attempt(request: DeliveryRequestedV1): Promise<void> {
    return this.write(encodeDeliveryRequested(request, SOURCE));
  }

  /** Of what may be repeated: carried out twice it changes nothing more. @throws AppError `SENDING_UNAVAILABLE` */
  command(command: DeliveryCommandV1): Promise<void> {
    const { webhookId, deliveryId, requestedAt } = command;
    return this.write(encodeDeliveryCommand(command, `${deliveryId ?? webhookId}:${command.command}:${requestedAt}`, SOURCE));
  }

  private async write(record: WireRecord): Promise<void> {
    try {
      await this.publisher.publish(this.topic, record, { deadlineMs: DEADLINE_MS });
    } catch (cause) {
      if (!(cause instanceof AppError && cause.kind === 'unavailable')) throw cause;
      throw new AppError('SENDING_UNAVAILABLE', 'Kafka does not answer', { cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
  }
}
