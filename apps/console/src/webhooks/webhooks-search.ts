/** What the address of the list says. Only what is set stands in it. */
export interface WebhooksSearch {
  readonly q?: string;
  readonly status?: 'enabled' | 'disabled';
  readonly health?: 'healthy' | 'failing' | 'paused' | 'probing' | 'disabled';
  readonly event?: string;
  readonly module?: string;
  readonly channelId?: string;
  readonly cursor?: string;
}

export const STATUSES = ['enabled', 'disabled'] as const;
export const HEALTHS = ['healthy', 'failing', 'paused', 'probing', 'disabled'] as const;
const TEXTS = ['q', 'event', 'module', 'channelId', 'cursor'] as const;

/** Reads an address that anyone may have typed: what makes no sense is passed over. */
export function webhooksSearch(given: Readonly<Record<string, unknown>>): WebhooksSearch {
  const texts = TEXTS.flatMap((name) => {
    // The router reads ?q=12 as a number.
    const value = typeof given[name] === 'number' ? String(given[name]) : given[name];
    return typeof value === 'string' && value !== '' ? [[name, value.slice(0, name === 'cursor' ? 500 : 200)]] : [];
  });
  const status = STATUSES.find((each) => each === given.status);
  const health = HEALTHS.find((each) => each === given.health);
  return { ...(Object.fromEntries(texts) as WebhooksSearch), ...(status ? { status } : {}), ...(health ? { health } : {}) };
}

/** Whether anything narrows the list; a cursor does not. */
export function isFiltered({ cursor: _, ...filters }: WebhooksSearch): boolean {
  return Object.keys(filters).length > 0;
}
