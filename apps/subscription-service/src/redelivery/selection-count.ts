import type { Clock } from '#libs/kernel';
import type { Webhook } from '../webhooks/index.js';
import { disabledSpans, type Span, type StatusEvent } from './disabled-spans.js';
import type { MissedEvents, MissedSearch } from './missed-events.js';
import { asksForAttempt, NOT_ARRIVED, type Selection } from './redelivery.js';
import type { Gathered, RedeliveryItems } from './redelivery-items.js';
import { statesOf } from './selected-deliveries.js';

/** A caller waits no longer for either part of the count. */
const COUNT_MS = 5_000;
const PAGE = 20_000;

interface Counted {
  readonly count: number;
  readonly complete: boolean;
}

/** What is needed of the events of webhooks. */
export interface WebhookHistories {
  history(accountId: string, id: string): Promise<readonly StatusEvent[]>;
}

/** How much a selection is about. */
export class SelectionCount {
  constructor(
    private readonly items: RedeliveryItems,
    private readonly histories: WebhookHistories,
    private readonly missed: MissedEvents,
    private readonly clock: Clock,
  ) {}

  async count(webhook: Webhook, selection: Selection): Promise<{ readonly count: number; readonly countIsLowerBound: boolean }> {
    const ended = await this.countEnded(webhook, selection);
    const search = await this.missedSearch(webhook, selection);
    const missed = search ? await this.countMissed(search) : { count: 0, complete: true };
    return { count: ended.count + missed.count, countIsLowerBound: !ended.complete || !missed.complete };
  }

  /** What to look for in the domain topics; undefined: nothing. */
  async missedSearch(webhook: Webhook, selection: Selection): Promise<MissedSearch | undefined> {
    const { statuses, eventTypes, narrowing } = selection;
    if (!(statuses ?? NOT_ARRIVED).includes('missed') || asksForAttempt(narrowing)) return undefined;
    const events = await this.histories.history(webhook.accountId, webhook.id);
    const spans: Span[] = disabledSpans(events, Date.parse(selection.since), Date.parse(selection.until));
    return spans.length === 0 ? undefined : { webhook, spans, eventTypes, only: narrowing };
  }

  private async countEnded({ accountId, id: webhookId }: Webhook, selection: Selection): Promise<Counted> {
    const until = this.clock.now() + COUNT_MS;
    let count = 0;
    for (const state of statesOf(selection)) {
      for (let after: string | null = ''; after !== null;) {
        const page = await this.items.count({ accountId, webhookId, state, after, limit: PAGE, selection });
        count += page.selected;
        after = page.next;
        if (after !== null && this.clock.now() >= until) return { count, complete: false };
      }
    }
    return { count, complete: true };
  }

  private async countMissed(search: MissedSearch): Promise<Counted> {
    const until = this.clock.now() + COUNT_MS;
    const ids = new Set<string>();
    for (let topics: Gathered['topics']; ;) {
      const found = await this.missed.search(search, topics);
      for (const id of await this.items.stillMissed(search.webhook.accountId, found.items)) ids.add(id);
      if (found.done) return { count: ids.size, complete: true };
      if (this.clock.now() >= until) return { count: ids.size, complete: false };
      topics = found.topics;
    }
  }
}
