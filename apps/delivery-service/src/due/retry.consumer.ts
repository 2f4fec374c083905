import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ContractViolation, decodeRetryScheduled, type ReceivedRecord } from '#libs/contracts';
import { deadLetter, DONE, type RecordOutcome } from '#libs/messaging';
import { RetryIntake } from './retry-intake.js';

/** The name of the subscription to `hookstream.retries`. */
export const DUE_RETRIES = 'due-retries';
/** Keeps this handler apart from those of the app's other consumers. */
export const DUE_TRANSPORT = Symbol('due');

@Controller()
export class RetryConsumer {
  constructor(private readonly intake: RetryIntake) {}

  @EventPattern<string>(DUE_RETRIES, DUE_TRANSPORT)
  handle(@Payload() records: readonly ReceivedRecord[]): (RecordOutcome | Promise<RecordOutcome>)[] {
    return records.map((record) => this.one(record));
  }

  private one(record: ReceivedRecord): RecordOutcome | Promise<RecordOutcome> {
    try {
      return this.intake.take(decodeRetryScheduled(record), record.timestamp).then(() => DONE);
    } catch (error) {
      if (error instanceof ContractViolation) return deadLetter(error.reason);
      throw error;
    }
  }
}
