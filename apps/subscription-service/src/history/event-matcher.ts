import type { Catalog } from '#libs/catalog';
import { holdsJson, parseRfc3339 } from '#libs/contracts';
import { checkFilter, compileFilter, FilterInput } from '#libs/filters';
import type { PastWebhook, Webhook } from '../webhooks/index.js';
import type { FullEvent } from './event.store.js';
import type { MissReason } from './miss-reasons.js';

/** Why an event did not go to a webhook, as a word and as a sentence. */
export interface Miss {
  readonly reason: MissReason;
  readonly words: string;
}

/** Says what an event meant to a webhook, as the router decides it, on the webhook as it was when the event came. */
export class EventMatcher {
  private readonly names: readonly string[];
  private readonly input: FilterInput;

  constructor(
    private readonly event: FullEvent,
    catalog: Pick<Catalog, 'coveringNames'>,
  ) {
    this.names = catalog.coveringNames(event.event_type);
    this.input = inputOf(event);
  }

  /** The entry of `events` by which a webhook gets the event. */
  entryOf(webhook: Pick<Webhook, 'events'> | undefined): string | undefined {
    return this.names.find((name) => webhook?.events.includes(name));
  }

  missOf({ then }: PastWebhook): Miss {
    const { event_type: type, channel_id: channelId } = this.event;
    if (!then) return notSent('created-later', 'the webhook was created later');
    if (then.status === 'disabled') return notSent('disabled', 'the webhook was disabled');
    if (this.entryOf(then) === undefined) return notSent('type', `the webhook is not subscribed to ${type}`);
    if (then.channelId !== null && then.channelId !== channelId) {
      const of = channelId === null ? 'of no channel' : `of channel ${channelId}`;
      return notSent('channel', `the webhook is for channel ${then.channelId} and the event is ${of}`);
    }
    if (then.filter !== null && !this.passes(then.filter)) return notSent('filter', `its filter is not true for the event: ${then.filter}`);
    return {
      reason: 'unknown',
      words: 'not sent, and nothing about the webhook says why: it may have been changed just before the event came',
    };
  }

  /** Of data that was redacted there is no telling, and the filter is what is left to explain the miss. */
  private passes(filter: string): boolean {
    if (this.event.redacted || !checkFilter(filter).ok) return false;
    const result = compileFilter(filter).matches(this.input);
    return result.failed === undefined && result.matched;
  }
}

function notSent(reason: MissReason, because: string): Miss {
  return { reason, words: `not sent because ${because}` };
}

function inputOf(event: FullEvent): FilterInput {
  return new FilterInput({
    type: event.event_type,
    accountId: event.account_id,
    channelId: event.channel_id ?? undefined,
    time: parseRfc3339(event.event_time) ?? 0,
    data: event.data,
    dataIsText: !holdsJson(event.data_content_type ?? undefined),
    context: event.context ?? undefined,
  });
}
