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
    private readonly catalog: Pick<Catalog, 'coveringNames' | 'isKnown' | 'eventTypes' | 'topicOf' | 'topics'>,
  ) {
    const compiled = wishes.filter === null ? undefined : compiledOrFailing(wishes.filter);
    this.filter = compiled === 'failing' ? undefined : compiled;
    this.filterFails = compiled === 'failing';
  }

  /**
   * The domain topics that may carry any: all that are routed, since the router goes by type and not by topic. Those where events
   * of wanted types belong come first, for who has time for a part of them only.
   * @param furtherTopics domain topics besides those of the catalog
   */
  topics(furtherTopics: readonly string[]): readonly string[] {
    const wanted = this.catalog.eventTypes().filter(({ name }) => this.wantsType(name));
    if (wanted.length === 0) return [];
    const own = wanted.map(({ name }) => this.catalog.topicOf(name)).filter((topic) => topic !== undefined);
    return [...new Set([...own, ...furtherTopics, ...this.catalog.topics()])];
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
