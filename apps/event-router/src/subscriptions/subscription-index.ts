import type { Catalog } from '#libs/catalog';

/** The part of a webhook that decides which events it gets. */
export interface Subscription {
  readonly id: string;
  readonly accountId: string;
  /** `null` takes the events of every channel and those of none. */
  readonly channelId: string | null;
  /** Event types, combined types, `<module>:*` or `*`. */
  readonly events: readonly string[];
  readonly status: 'enabled' | 'disabled';
}

/** The part of an event that decides who gets it. */
export interface Routable {
  readonly accountId: string;
  readonly channelId?: string | undefined;
  readonly type: string;
}

const EVERYTHING = '*';
const MODULE_SUFFIX = ':*';

/**
 * Which enabled webhooks an event goes to, by a handful of lookups however many webhooks there are.
 *
 * One flat map leads from account, subscribed name and channel to webhook ids. Flat, and without a set for the many keys
 * with a single webhook, because nested maps cost more memory than all they hold (`subscription-index.spec.ts` bounds it).
 * An event finds a webhook at most once by construction: a webhook lies in one channel bucket only, and its names are
 * reduced until no event can match two of them.
 */
export class SubscriptionIndex {
  private readonly buckets = new Map<string, string | Set<string>>();
  /** Where each webhook lies, for taking it out again. */
  private readonly keysById = new Map<string, readonly string[]>();

  constructor(private readonly catalog: Pick<Catalog, 'expand' | 'moduleOf'>) {}

  /** How many webhooks can match at all. */
  get size(): number {
    return this.keysById.size;
  }

  /** Puts a webhook in as it is now, in place of what it was. */
  set(webhook: Subscription): void {
    this.delete(webhook.id);
    if (webhook.status !== 'enabled') return;
    const channel = webhook.channelId === null ? ANY_CHANNEL : inChannel(webhook.channelId);
    const keys = this.distinctNames(webhook.events).map((name) => bucketKey(webhook.accountId, name, channel));
    for (const key of keys) this.add(key, webhook.id);
    this.keysById.set(webhook.id, keys);
  }

  delete(id: string): void {
    for (const key of this.keysById.get(id) ?? []) this.remove(key, id);
    this.keysById.delete(id);
  }

  /** The ids of the enabled webhooks that an event goes to, each once, in no particular order. */
  match(event: Routable): string[] {
    const found: string[] = [];
    const module = this.catalog.moduleOf(event.type);
    this.collect(event, event.type, found);
    if (module !== undefined) this.collect(event, module + MODULE_SUFFIX, found);
    this.collect(event, EVERYTHING, found);
    return found;
  }

  private collect(event: Routable, name: string, found: string[]): void {
    this.collectBucket(bucketKey(event.accountId, name, ANY_CHANNEL), found);
    if (event.channelId !== undefined) this.collectBucket(bucketKey(event.accountId, name, inChannel(event.channelId)), found);
  }

  private collectBucket(key: string, found: string[]): void {
    const ids = this.buckets.get(key);
    if (ids === undefined) return;
    if (typeof ids === 'string') found.push(ids);
    else for (const id of ids) found.push(id);
  }

  /** A webhook's names without combined types, repeats, what a wildcard beside them covers and what the catalog lacks. */
  private distinctNames(events: readonly string[]): string[] {
    const modules = new Set<string>();
    const types = new Set<string>();
    for (const name of events) {
      const meant = this.catalog.expand(name);
      if (meant === undefined) continue;
      if ('all' in meant) return [EVERYTHING];
      if ('module' in meant) modules.add(meant.module);
      else for (const type of meant.types) types.add(type);
    }
    const uncovered = [...types].filter((type) => !modules.has(this.catalog.moduleOf(type) ?? ''));
    return [...[...modules].map((module) => module + MODULE_SUFFIX), ...uncovered];
  }

  private add(key: string, id: string): void {
    const ids = this.buckets.get(key);
    if (ids === undefined) this.buckets.set(key, id);
    else if (typeof ids === 'string') this.buckets.set(key, new Set([ids, id]));
    else ids.add(id);
  }

  private remove(key: string, id: string): void {
    const ids = this.buckets.get(key);
    if (ids === id) this.buckets.delete(key);
    else if (ids instanceof Set) {
      ids.delete(id);
      if (ids.size === 0) this.buckets.delete(key);
    }
  }
}

// A channel may have any name, so that the mark for "any" must not be one a channel can have.
const ANY_CHANNEL = '';
const inChannel = (channelId: string): string => `=${channelId}`;

// No part can hold a NUL: events with control characters in them are refused and so are webhooks.
function bucketKey(accountId: string, name: string, channel: string): string {
  return `${accountId}\0${name}\0${channel}`;
}
