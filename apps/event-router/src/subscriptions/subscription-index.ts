import type { CoveringNames } from '../catalog/index.js';

/** The part of a webhook that decides which events it gets. */
export interface Subscription {
  readonly id: string;
  readonly accountId: string;
  /** `null` takes the events of every channel and those of none. */
  readonly channelId: string | null;
  /** Event types, combined types, `<module>:*` or `*`. */
  readonly events: readonly string[];
  readonly status: 'enabled' | 'disabled';
  /** What an event must satisfy besides; absent or `null`: nothing. */
  readonly filter?: string | null;
}

/** The part of an event that decides who gets it. */
export interface Routable {
  readonly accountId: string;
  readonly channelId?: string | undefined;
  readonly type: string;
}

const EVERYTHING = '*';

/**
 * Which enabled webhooks an event goes to, by a handful of lookups however many webhooks there are.
 *
 * One flat map leads from account, name and channel to webhook ids. Flat, and without a set for the many keys with a
 * single webhook, because nested maps cost more memory than all they hold (`subscription-index.spec.ts` bounds it). Names
 * are held as they were subscribed to, and what they stand for is asked when an event comes: types come and go in the
 * catalog, and nothing here has to follow.
 */
export class SubscriptionIndex {
  private readonly buckets = new Map<string, string | Set<string>>();
  /** Where each webhook lies, for taking it out again. */
  private readonly keysById = new Map<string, readonly string[]>();
  private readonly filters = new Map<string, string>();
  /** Of every webhook, disabled ones included, its account; and how many an account has. */
  private readonly accountsById = new Map<string, string>();
  private readonly countsByAccount = new Map<string, number>();

  constructor(private readonly covering: Pick<CoveringNames, 'of'>) {}

  /** How many webhooks can match at all. */
  get size(): number {
    return this.keysById.size;
  }

  /** Puts a webhook in as it is now, in place of what it was. */
  set(webhook: Subscription): void {
    this.delete(webhook.id);
    const { accountId } = webhook;
    this.accountsById.set(webhook.id, accountId);
    this.countsByAccount.set(accountId, (this.countsByAccount.get(accountId) ?? 0) + 1);
    if (webhook.status !== 'enabled') return;
    const channel = webhook.channelId === null ? ANY_CHANNEL : inChannel(webhook.channelId);
    const names = webhook.events.includes(EVERYTHING) ? [EVERYTHING] : [...new Set(webhook.events)];
    const keys = names.map((name) => bucketKey(accountId, name, channel));
    for (const key of keys) this.add(key, webhook.id);
    this.keysById.set(webhook.id, keys);
    if (typeof webhook.filter === 'string') this.filters.set(webhook.id, webhook.filter);
  }

  delete(id: string): void {
    for (const key of this.keysById.get(id) ?? []) this.remove(key, id);
    this.keysById.delete(id);
    this.filters.delete(id);
    const accountId = this.accountsById.get(id);
    if (accountId === undefined) return;
    this.accountsById.delete(id);
    const left = this.countsByAccount.get(accountId)! - 1;
    if (left > 0) this.countsByAccount.set(accountId, left);
    else this.countsByAccount.delete(accountId);
  }

  /** Whether an account has any webhook, be it disabled. */
  hasAnyOf(accountId: string): boolean {
    return this.countsByAccount.has(accountId);
  }

  /** The ids of the enabled webhooks that an event goes to if their filters agree, each once, in no particular order. */
  match(event: Routable): string[] {
    const found: string[] = [];
    let buckets = 0;
    for (const name of this.covering.of(event.type)) {
      if (this.collectBucket(bucketKey(event.accountId, name, ANY_CHANNEL), found)) buckets++;
      if (event.channelId !== undefined && this.collectBucket(bucketKey(event.accountId, name, inChannel(event.channelId)), found))
        buckets++;
    }
    // Of one bucket all are different; a webhook that names a type in two ways lies in two.
    return buckets > 1 ? [...new Set(found)] : found;
  }

  /** The filter of an enabled webhook. */
  filterOf(id: string): string | undefined {
    return this.filters.get(id);
  }

  anyFiltered(ids: readonly string[]): boolean {
    if (this.filters.size === 0) return false;
    for (const id of ids) if (this.filters.has(id)) return true;
    return false;
  }

  /** @returns whether there was anything */
  private collectBucket(key: string, found: string[]): boolean {
    const ids = this.buckets.get(key);
    if (ids === undefined) return false;
    if (typeof ids === 'string') found.push(ids);
    else for (const id of ids) found.push(id);
    return true;
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
