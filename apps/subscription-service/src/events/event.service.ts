import type { Catalog } from '#libs/catalog';
import { encodeDomainEvent } from '#libs/contracts';
import { AppError, type Clock, newId } from '#libs/kernel';
import type { Publisher } from '#libs/messaging';
import { validationFailed } from '#libs/runtime';
import type { Principal } from '../auth/index.js';
import type { EventRequest } from './event-request.js';
import './event.errors.js';

/** A caller waits no longer for the broker; the answer is then 503, and the same event with the same id may be sent again. */
const ACKNOWLEDGE_DEADLINE_MS = 4_000;
const RETRY_AFTER_SECONDS = 2;

export class EventService {
  constructor(
    private readonly catalog: Pick<Catalog, 'topicOf'>,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes an event to its module's domain topic. Resolves with its id once the broker has acknowledged it.
   * @throws AppError `VALIDATION_FAILED` for a type that cannot be published, `EVENT_NOT_ACCEPTED` when the broker does
   *   not answer in time (the event may have been written all the same: send it again with the same id)
   */
  async publish(principal: Principal, request: EventRequest): Promise<string> {
    const topic = this.catalog.topicOf(request.type);
    if (topic === undefined) {
      const message = 'the catalog has no event type of this name that can be published';
      throw validationFailed([{ field: 'type', rule: 'unknown-event-type', message }]);
    }
    const now = this.clock.now();
    const id = request.id ?? newId('evt', now);
    const record = encodeDomainEvent({
      id,
      // Repeats are told by source and id: an account can only repeat its own events.
      source: `/accounts/${principal.accountId}/events`,
      type: request.type,
      time: request.time ?? new Date(now).toISOString(),
      accountId: principal.accountId,
      channelId: request.channelId,
      context: request.context,
      data: request.data,
    });
    try {
      await this.publisher.publish(topic, record, { deadlineMs: ACKNOWLEDGE_DEADLINE_MS });
    } catch (cause) {
      if (cause instanceof AppError && cause.kind === 'tooLarge')
        throw new AppError('EVENT_TOO_LARGE', 'Kafka does not take an event of this size', { cause });
      if (!(cause instanceof AppError && cause.kind === 'unavailable')) throw cause;
      throw new AppError('EVENT_NOT_ACCEPTED', 'Kafka does not answer', { cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    return id;
  }
}
