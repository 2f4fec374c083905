import { Logger } from '@nestjs/common';
import type { Catalog, EventType } from '#libs/catalog';
import type { Clock } from '#libs/kernel';
import type { EventTypeUsageStore } from './event-type-usage.store.js';

/** How much an account has to do with an event type. */
export interface Usage {
  /** Its webhooks that get the type, disabled ones included. */
  readonly subscribers: number;
  /** Events of the type, or of what it combines, that went to a webhook of the account in the last 7 days (UTC); null: not known at the moment. */
  readonly volume7d: number | null;
}

export type UsedEventType = EventType & Usage;

const DAY_MS = 24 * 3_600_000;
/** Today, which is not over, and the six days before. */
const DAYS_BEFORE = 6;

/** Event types as an account sees them. */
export class EventTypeUsage {
  private readonly logger = new Logger(EventTypeUsage.name);

  constructor(
    private readonly catalog: Catalog,
    private readonly store: EventTypeUsageStore,
    private readonly clock: Clock,
  ) {}

  async of(accountId: string, types: readonly EventType[]): Promise<UsedEventType[]> {
    if (types.length === 0) return [];
    const [groups, volumes] = await Promise.all([this.store.subscribers(accountId), this.volumesOf(accountId)]);
    return types.map((type) => {
      const names = new Set(this.catalog.coveringNames(type.name));
      const getting = groups.filter(({ events }) => events.some((entry) => names.has(entry)));
      return {
        ...type,
        subscribers: getting.reduce((sum, { webhooks }) => sum + webhooks, 0),
        volume7d: volumes && volumeOf(type, volumes),
      };
    });
  }

  async one(accountId: string, type: EventType): Promise<UsedEventType> {
    return (await this.of(accountId, [type]))[0]!;
  }

  /** The catalog is shown without them rather than not at all. */
  private async volumesOf(accountId: string): Promise<ReadonlyMap<string, number> | null> {
    try {
      const firstDay = new Date(this.clock.now() - DAYS_BEFORE * DAY_MS).toISOString().slice(0, 10);
      return await this.store.volumes(accountId, firstDay);
    } catch (err) {
      this.logger.warn({ err, accountId }, 'event-type.volumes-not-counted');
      return null;
    }
  }
}

function volumeOf({ name, combines }: EventType, volumes: ReadonlyMap<string, number>): number {
  return [name, ...combines].reduce((sum, type) => sum + (volumes.get(type) ?? 0), 0);
}
