import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { LiveCatalog } from '#libs/catalog';
import { stateOf } from './event-type.js';
import type { EventTypeChange, EventTypeSet, EventTypeStore } from './event-type.store.js';

const INTERVAL_MS = 1_000;

/**
 * Keeps this instance's catalog like the table of types. Changes made here are applied at once, those of other instances
 * are found within a second by a revision number that every change raises. It reads the table and not the topic, so that
 * one number tells whether the catalog is up to date, also to a change that is about to be decided on it.
 * Without a database the catalog stays as it was.
 */
export class CatalogFeed implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(CatalogFeed.name);
  private timer: NodeJS.Timeout | undefined;
  private current = -1;

  constructor(
    private readonly catalog: LiveCatalog,
    private readonly store: EventTypeStore,
  ) {}

  /** Of the newest change that the catalog holds. */
  get revision(): number {
    return this.current;
  }

  async onModuleInit(): Promise<void> {
    this.replace(await this.store.all());
    this.schedule();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** The catalog as all of it was read; an older state than the one it has changes nothing. */
  replace({ revision, types }: EventTypeSet): void {
    if (revision <= this.current) return;
    this.catalog.replaceAll(types);
    this.current = revision;
  }

  /** One change, once it is committed. After a gap, the next look finds both. */
  apply({ revision, change }: EventTypeChange): void {
    if (revision !== this.current + 1) return;
    const { definition } = change;
    if (definition) this.catalog.set(stateOf({ ...change, definition }));
    else this.catalog.delete(change.name);
    this.current = revision;
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.look(), INTERVAL_MS).unref();
  }

  private async look(): Promise<void> {
    try {
      if ((await this.store.revision()) > this.current) this.replace(await this.store.all());
    } catch (err) {
      this.logger.debug({ err }, 'catalog.not-refreshed');
    }
    if (this.timer) this.schedule();
  }
}
