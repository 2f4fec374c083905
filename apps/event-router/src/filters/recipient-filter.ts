import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { holdsJson, parseRfc3339, type DeliveryRefusal, type DomainEvent } from '#libs/contracts';
import { FilterInput } from '#libs/filters';
import { SubscriptionIndex } from '../subscriptions/index.js';
import { CompiledFilters } from './compiled-filters.js';
import { countFilter } from './filters.metrics.js';

/** Whom an event goes to, and those among them whose filter failed. */
export interface FilteredRecipients {
  readonly webhookIds: readonly string[];
  readonly refusals: ReadonlyMap<string, DeliveryRefusal> | undefined;
  /** How many had subscribed to the event and do not want this one. */
  readonly filteredOut: number;
}

const TURN_MS = 5; // that other events and heartbeats wait at most

/** The webhooks that subscribed to an event and whose filter it satisfies. Webhooks without a filter cost one lookup more. */
@Injectable()
export class RecipientFilter {
  private readonly logger = new Logger('filters');

  constructor(
    private readonly subscriptions: SubscriptionIndex,
    private readonly compiled: CompiledFilters,
  ) {}

  /** At once when none of the webhooks has a filter. */
  recipientsOf(event: DomainEvent): FilteredRecipients | Promise<FilteredRecipients> {
    const webhookIds = this.subscriptions.match(event);
    if (this.subscriptions.anyFiltered(webhookIds)) return this.filtered(event, webhookIds);
    return { webhookIds, filteredOut: 0, refusals: undefined };
  }

  private async filtered(event: DomainEvent, subscribed: readonly string[]): Promise<FilteredRecipients> {
    const input = inputOf(event);
    const webhookIds: string[] = [];
    const refusals = new Map<string, DeliveryRefusal>();
    let turnEnds = performance.now() + TURN_MS;
    for (const id of subscribed) {
      const text = this.subscriptions.filterOf(id);
      const result = text === undefined ? { matched: true } : this.compiled.of(text).matches(input);
      if (result.failed !== undefined) {
        refusals.set(id, { code: 'filter_failed', detail: result.failed });
        this.logger.log({ ...idsOf(event), webhookId: id, reason: result.failed }, 'filter.failed');
      }
      if (text !== undefined) countFilter(result.failed !== undefined ? 'failed' : result.matched ? 'matched' : 'not-matched');
      if (result.failed !== undefined || result.matched) webhookIds.push(id);
      if (performance.now() < turnEnds) continue;
      await nextTurn();
      turnEnds = performance.now() + TURN_MS;
    }
    return { webhookIds, refusals, filteredOut: subscribed.length - webhookIds.length };
  }
}

function inputOf(event: DomainEvent): FilterInput {
  const { type, accountId, channelId, time, data, context, dataContentType } = event;
  return new FilterInput({
    type,
    accountId,
    channelId,
    time: parseRfc3339(time) ?? 0,
    data,
    dataIsText: !holdsJson(dataContentType),
    context,
  });
}

function idsOf(event: DomainEvent): Record<string, string> {
  return { accountId: event.accountId, eventId: event.id, eventType: event.type };
}
