import type { Catalog } from '#libs/catalog';
import { encodeDomainEvent, type WireRecord } from '#libs/contracts';
import { AppError, type Clock, type FieldError } from '#libs/kernel';
import type { Publisher } from '#libs/messaging';
import { validationFailed } from '#libs/runtime';
import type { Principal } from '../auth/index.js';
import { newRepeatableId } from '../idempotency/index.js';
import type { EventRequest } from './event-request.js';
import { SchemaGate } from './schema-gate.js';
import './event.errors.js';

/** A caller waits no longer for the broker; the answer is then 503, and the same event with the same id may be sent again. */
const ACKNOWLEDGE_DEADLINE_MS = 4_000;
const RETRY_AFTER_SECONDS = 2;

/** An event that the broker has acknowledged. */
export interface AcceptedEvent {
  readonly id: string;
  /** What is wrong with it and did not keep it out. */
  readonly warnings: readonly FieldError[];
}

/** What became of one event of a batch. A refused one has its id too once it has one: to be sent again as the same event. */
export type BatchResult = AcceptedEvent | { readonly id?: string; readonly error: AppError };

interface Prepared extends AcceptedEvent {
  readonly topic: string;
  readonly record: WireRecord;
}

export class EventService {
  private readonly gate: SchemaGate;

  constructor(
    private readonly catalog: Pick<Catalog, 'topicOf' | 'get'>,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {
    this.gate = new SchemaGate(catalog);
  }

  /**
   * Publishes an event to its module's domain topic. Resolves once the broker has acknowledged it.
   * @throws AppError `VALIDATION_FAILED` for a type that cannot be published or data that its type refuses, `EVENT_NOT_ACCEPTED`
   *   when the broker does not answer in time (the event may have been written all the same: send it again with the same id)
   */
  async publish(principal: Principal, request: EventRequest): Promise<AcceptedEvent> {
    const { id, warnings, ...prepared } = this.prepare(principal, request);
    await this.write(prepared);
    return { id, warnings };
  }

  /**
   * Publishes events, each for itself: the results are in their order, and a refused one keeps out no other. An id that occurs
   * again stands for the same event and is written once; with another content it is refused.
   * @param items where an event could not be read, why
   * @throws AppError `EVENT_NOT_ACCEPTED` when the broker takes none of them
   */
  async publishBatch(principal: Principal, items: readonly (EventRequest | AppError)[]): Promise<BatchResult[]> {
    const published = new Map<string, { readonly request: EventRequest; readonly result: Promise<BatchResult> }>();
    const results = await Promise.all(
      items.map(async (item): Promise<BatchResult> => {
        if (item instanceof AppError) return { error: item };
        const known = item.id === undefined ? undefined : published.get(item.id);
        if (known) return sameEvent(known.request, item) ? known.result : { id: item.id!, error: idTaken() };
        const result = this.publishItem(principal, item);
        if (item.id !== undefined) published.set(item.id, { request: item, result });
        return result;
      }),
    );
    const failures = results.flatMap((result) => ('error' in result && result.error.kind === 'unavailable' ? [result.error] : []));
    const none = results.every((result) => 'error' in result);
    if (none && failures[0]) throw failures[0];
    return results;
  }

  // Everything up to the hand-over to the publisher happens at once, so that the events of a batch travel together.
  private async publishItem(principal: Principal, request: EventRequest): Promise<BatchResult> {
    let id = request.id;
    try {
      const prepared = this.prepare(principal, request);
      id = prepared.id;
      await this.write(prepared);
      return { id, warnings: prepared.warnings };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ...(id === undefined ? {} : { id }), error };
    }
  }

  private prepare(principal: Principal, request: EventRequest): Prepared {
    const topic = this.catalog.topicOf(request.type);
    if (topic === undefined) {
      const message = 'the catalog has no event type of this name that can be published';
      throw validationFailed([{ field: 'type', rule: 'unknown-event-type', message }]);
    }
    const warnings = this.gate.admit(request.type, request.data);
    const now = this.clock.now();
    const id = request.id ?? newRepeatableId('evt', now);
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
    return { id, warnings, topic, record };
  }

  private async write({ topic, record }: Pick<Prepared, 'topic' | 'record'>): Promise<void> {
    try {
      await this.publisher.publish(topic, record, { deadlineMs: ACKNOWLEDGE_DEADLINE_MS });
    } catch (cause) {
      if (cause instanceof AppError && cause.kind === 'tooLarge')
        throw new AppError('EVENT_TOO_LARGE', 'Kafka does not take an event of this size', { cause });
      if (!(cause instanceof AppError && cause.kind === 'unavailable')) throw cause;
      throw new AppError('EVENT_NOT_ACCEPTED', 'Kafka does not answer', { cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
  }
}

function sameEvent(one: EventRequest, other: EventRequest): boolean {
  const { type, time, channelId, context, data } = one;
  const members = type === other.type && time === other.time && channelId === other.channelId && context === other.context;
  return members && data.equals(other.data);
}

function idTaken(): AppError {
  return validationFailed([{ field: 'id', rule: 'unique', message: 'another event of the batch has this id' }]);
}
