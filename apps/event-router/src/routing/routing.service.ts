import { Injectable, Logger } from '@nestjs/common';
import { ContractViolation, readDomainEvent, type DomainEvent, type ReceivedRecord } from '#libs/contracts';
import { AppError, Clock } from '#libs/kernel';
import { deadLetter, DONE, retryLater, skip, type BatchContext, type RecordOutcome } from '#libs/messaging';
import { RecipientFilter } from '../filters/index.js';
import { EventAdmission } from './event-admission.js';
import { FanOut, type Recipients } from './fan-out.js';
import { RecentEvents } from './recent-events.js';
import './routing.errors.js';
import { countEvent, countRequested } from './routing.metrics.js';
import { UnmatchedEvents } from './unmatched-events.js';

/** Turns a record of a domain topic into one delivery request per webhook that matches it. */
@Injectable()
export class RoutingService {
  private readonly logger = new Logger('routing');

  constructor(
    private readonly admission: EventAdmission,
    private readonly recipients: RecipientFilter,
    private readonly recent: RecentEvents,
    private readonly fanOut: FanOut,
    private readonly unmatched: UnmatchedEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Done means that the broker has acknowledged every request; an event that nobody wants is passed over once it has been told of.
   * @throws what the publisher throws; the same record may be handed in again
   */
  async route(record: ReceivedRecord, context: Pick<BatchContext, 'lost'>): Promise<RecordOutcome> {
    let event: DomainEvent;
    try {
      event = readDomainEvent(record);
    } catch (error) {
      if (error instanceof ContractViolation) return this.refuse(record, error.reason, error.message);
      throw error;
    }
    const judgement = this.admission.judge(event);
    if (judgement === 'unknown-type') return this.passOver(event, judgement);
    if (judgement === 'schema-mismatch') {
      countEvent(judgement);
      return deadLetter('SCHEMA_MISMATCH');
    }
    const asked = this.recipients.recipientsOf(event);
    const recipients = asked instanceof Promise ? await asked : asked;
    // Before the question for repeats: what went to nobody may be published again once somebody has subscribed.
    const now = this.clock.now();
    if (recipients.webhookIds.length === 0) {
      await this.unmatched.tell(event, new Date(now).toISOString());
      return this.passOver(event, recipients.filteredOut > 0 ? 'filtered' : 'no-webhook');
    }
    // Remembered before it is published, so that a copy read meanwhile is told; a retry comes from the same position and passes.
    if (this.recent.isRepeat(event, record, now)) return this.passOver(event, 'repeat');
    return this.deliver(record, event, recipients, now, context);
  }

  private async deliver(
    record: ReceivedRecord,
    event: DomainEvent,
    recipients: Recipients,
    now: number,
    context: Pick<BatchContext, 'lost'>,
  ): Promise<RecordOutcome> {
    try {
      const complete = await this.fanOut.publish(event, recipients, new Date(now).toISOString(), () => context.lost());
      if (!complete) return retryLater(this.clock.now()); // by whoever owns the partition now
    } catch (error) {
      // Small enough to be read and, with its context escaped into a header, too large to be passed on.
      if (error instanceof AppError && error.code === 'RECORD_TOO_LARGE') return this.refuse(record, 'EVENT_TOO_LARGE', error.message);
      throw error;
    }
    countEvent('routed');
    countRequested(recipients.webhookIds.length);
    this.logger.debug({ ...idsOf(event), deliveries: recipients.webhookIds.length }, 'event.routed');
    return DONE;
  }

  private passOver(event: DomainEvent, reason: 'unknown-type' | 'no-webhook' | 'filtered' | 'repeat'): RecordOutcome {
    countEvent(reason);
    this.logger.debug({ ...idsOf(event), reason }, 'event.passed-over');
    return skip(reason);
  }

  private refuse({ topic, partition, offset }: ReceivedRecord, reason: string, detail: string): RecordOutcome {
    countEvent('unreadable');
    this.logger.log({ topic, partition, offset, reason, detail }, 'event.refused');
    return deadLetter(reason);
  }
}

function idsOf(event: DomainEvent): Record<string, string | undefined> {
  return { accountId: event.accountId, eventId: event.id, eventType: event.type };
}
