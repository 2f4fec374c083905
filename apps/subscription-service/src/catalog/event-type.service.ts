import { Logger } from '@nestjs/common';
import type { EventType, LiveCatalog } from '#libs/catalog';
import { AppError, type Clock } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import { decodeKeyCursor, type Page, pageOf } from '../http/index.js';
import type { CatalogFeed } from './catalog-feed.js';
import type { ListEventTypesDto, ListModulesDto, ListVersionsDto, PutEventTypeDto } from './event-type.dto.js';
import type { EventTypeDefinition, EventTypeVersion } from './event-type.js';
import { checkShape, definitionOf, isEventTypeName, requireUncombined } from './event-type.rules.js';
import type { EventTypeDecision, EventTypeStore } from './event-type.store.js';
import './catalog.errors.js';

/** Types that administrators may define: all of them are in the memory of every service. */
const MOST_TYPES = 1_000;

/** The versions to which a change may be made; undefined: to any, and to none. */
export type Versions = readonly number[] | undefined;

export interface ModuleView {
  readonly name: string;
  readonly label: string;
  readonly topic: string;
  readonly eventTypes: readonly string[];
  /** RFC 3339: of the newest change of its types; null when it has none. */
  readonly updatedAt: string | null;
}

/** The questions and commands about event types, the same for every protocol. */
export class EventTypeService {
  private readonly logger = new Logger(EventTypeService.name);

  constructor(
    private readonly catalog: LiveCatalog,
    private readonly feed: CatalogFeed,
    private readonly store: EventTypeStore,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `EVENT_TYPE_NOT_FOUND` */
  get(name: string): EventType {
    const found = this.catalog.get(name);
    if (!found) throw notFound();
    return found;
  }

  /** By name. */
  list({ module, deprecated, q, limit, cursor }: ListEventTypesDto): Page<EventType> {
    const after = decodeKeyCursor(cursor, isEventTypeName);
    const text = q?.toLowerCase();
    const asked = this.catalog
      .eventTypes()
      .filter((type) => after === undefined || type.name > after)
      .filter((type) => module === undefined || type.module === module)
      .filter((type) => deprecated === undefined || (type.deprecated !== null) === deprecated)
      .filter(({ name, label, description }) => text === undefined || `${name}\n${label}\n${description}`.toLowerCase().includes(text));
    return pageOf(asked.sort(byName).slice(0, limit + 1), limit, ({ name }) => name);
  }

  /** By name. */
  modules({ limit, cursor }: ListModulesDto): Page<ModuleView> {
    const modules = this.catalog.modules().map((module) => ({ ...module, updatedAt: this.updatedAt(module.eventTypes) }));
    const after = decodeKeyCursor(cursor, (name) => this.catalog.module(name) !== undefined);
    const asked = modules.sort(byName).filter(({ name }) => after === undefined || name > after);
    return pageOf(asked.slice(0, limit + 1), limit, ({ name }) => name);
  }

  /** Newest first; those of a deleted type too. @throws AppError `EVENT_TYPE_NOT_FOUND` */
  async versions(name: string, { limit, cursor }: ListVersionsDto): Promise<Page<EventTypeVersion>> {
    const before = decodeKeyCursor(cursor, (key) => /^[1-9]\d{0,8}$/.test(key));
    const rows = isEventTypeName(name) ? await this.store.versions(name, before === undefined ? undefined : Number(before), limit + 1) : [];
    if (rows.length === 0 && before === undefined) return { data: [versionInFile(this.get(name))], nextCursor: null };
    return pageOf(rows, limit, ({ version }) => String(version));
  }

  /**
   * Creates or replaces an administrator's type; the same again changes nothing.
   * @throws AppError `VALIDATION_FAILED`, `EVENT_TYPE_FIXED`, `EVENT_TYPE_STALE`, `EVENT_TYPE_COMBINED`, `EVENT_TYPE_LIMIT`
   */
  async put(
    principal: Principal,
    name: string,
    asked: PutEventTypeDto,
    versions?: Versions,
  ): Promise<{ eventType: EventType; created: boolean }> {
    checkShape(name, asked);
    let created = false;
    await this.change(principal, name, versions, (current, now) => {
      const definition = definitionOf(this.catalog, name, asked, now);
      created = !current;
      if (created) this.requireRoom();
      return current && sameDefinition(current, definition) ? undefined : definition;
    });
    return { eventType: this.get(name), created };
  }

  /** Webhooks that name the type keep it and get none of its events. @throws AppError `EVENT_TYPE_NOT_FOUND` and those of `put` */
  async delete(principal: Principal, name: string, versions?: Versions): Promise<void> {
    await this.change(principal, name, versions, (current) => {
      if (!current) throw notFound();
      requireUncombined(this.catalog, name);
      return null;
    });
  }

  private async change(
    principal: Principal,
    name: string,
    versions: Versions,
    decide: (current: EventType | undefined, now: string) => EventTypeDecision,
  ): Promise<void> {
    const time = () => new Date(this.clock.now()).toISOString();
    const change = await this.store.change(principal, name, time, this.feed.revision, (newer, now) => {
      if (newer) this.feed.replace(newer);
      if (this.catalog.isFixed(name)) throw new AppError('EVENT_TYPE_FIXED', `${name} is defined by a file of the catalog`);
      const current = this.catalog.get(name);
      if (versions && !(current && versions.includes(current.version))) {
        const state = current ? `is at version ${current.version}` : 'does not exist';
        throw new AppError('EVENT_TYPE_STALE', `the event type ${state}: read it again`);
      }
      return decide(current, now);
    });
    if (!change) return;
    this.feed.apply(change);
    const { version, definition } = change.change;
    this.logger.log({ msg: 'event-type.changed', eventType: name, version, actor: principal.actor, deleted: definition === null });
  }

  private requireRoom(): void {
    const own = this.catalog.eventTypes().filter(({ origin }) => origin === 'admin').length;
    if (own >= MOST_TYPES) throw new AppError('EVENT_TYPE_LIMIT', `there may be ${MOST_TYPES} event types besides those of files`);
  }

  private updatedAt(names: readonly string[]): string | null {
    const times = names.flatMap((name) => this.catalog.get(name)?.updatedAt ?? []);
    return times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
  }
}

function sameDefinition(current: EventType, wanted: EventTypeDefinition): boolean {
  const { module, label, description, combines, schemaCheck, deprecated, redact } = current;
  const content = combines.length > 0 ? { schema: null } : { schema: current.schema, sample: current.sample };
  const keys = Object.keys(wanted) as (keyof EventTypeDefinition)[];
  const now: Partial<EventTypeDefinition> = { module, label, description, combines, schemaCheck, deprecated, redact, ...content };
  // As text: the order in which a schema is written is part of it.
  return keys.every((key) => JSON.stringify(now[key]) === JSON.stringify(wanted[key]));
}

function versionInFile(type: EventType): EventTypeVersion {
  const { name, version, updatedAt, module, label, description, combines, schema, sample, schemaCheck, deprecated, redact } = type;
  return {
    name,
    version,
    definition: { module, label, description, combines, schema, sample, schemaCheck, deprecated, redact },
    createdAt: updatedAt,
    actor: type.origin,
  };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function notFound(): AppError {
  return new AppError('EVENT_TYPE_NOT_FOUND', 'the catalog has no event type of this name');
}
