import type { Catalog } from '#libs/catalog';
import { type DomainEvent, holdsJson, parseRfc3339 } from '#libs/contracts';
import { compileFilter, type Filter, FilterFault, FilterInput } from '#libs/filters';
import type { Webhook } from '../webhooks/index.js';

/** What of a webhook decides which events it gets. */
export type Wishes = Pick<Webhook, 'accountId' | 'channelId' | 'events' | 'filter'>;

/**
 * Which events a webhook would get if it were enabled, by the rules of the event-router: its account, channel, types and
 * filter. An event of which the filter cannot tell is not wanted here.
 */
export class WantedEvents {
  private readonly coveringNames = new Map<string, readonly string[]>();
  private readonly filter: Filter | undefined;
  private readonly filterFails: boolean;

  constructor(
    private readonly wishes: Wishes,
    private readonly catalog: Pick<Catalog, 'coveringNames' | 'isKnown' | 'eventTypes' | 'topicOf'>,
  ) {
    const compiled = wishes.filter === null ? undefined : compiledOrFailing(wishes.filter);
    this.filter = compiled === 'failing' ? undefined : compiled;
    this.filterFails = compiled === 'failing';
  }

  /** The domain topics that may carry any. */
  topics(): readonly string[] {
    const names = this.catalog.eventTypes().flatMap(({ name }) => (this.wantsType(name) ? [this.catalog.topicOf(name)] : []));
    return [...new Set(names.filter((topic) => topic !== undefined))];
  }

  wants(event: DomainEvent): boolean {
    const { accountId, channelId } = this.wishes;
    if (event.accountId !== accountId || (channelId !== null && event.channelId !== channelId)) return false;
    if (!this.catalog.isKnown(event.type) || !this.wantsType(event.type) || this.filterFails) return false;
    const result = this.filter?.matches(inputOf(event));
    return result === undefined || (result.failed === undefined && result.matched);
  }

  private wantsType(type: string): boolean {
    let names = this.coveringNames.get(type);
    if (!names) this.coveringNames.set(type, (names = this.catalog.coveringNames(type)));
    return names.some((name) => this.wishes.events.includes(name));
  }
}

function compiledOrFailing(text: string): Filter | 'failing' {
  try {
    return compileFilter(text);
  } catch (error) {
    if (error instanceof FilterFault) return 'failing';
    throw error;
  }
}

function inputOf({ type, accountId, channelId, time, data, context, dataContentType }: DomainEvent): FilterInput {
  const dataIsText = !holdsJson(dataContentType);
  return new FilterInput({ type, accountId, channelId, time: parseRfc3339(time) ?? 0, data, dataIsText, context });
}
