import { type Catalog, DataSchema } from '#libs/catalog';
import { ContractViolation, type DomainEvent, holdsJson, readDomainEvent, type ReceivedRecord } from '#libs/contracts';
import { deliveryId } from './delivery-id.js';
import type { Span } from './disabled-spans.js';
import type { DomainEvents } from './domain-events.js';
import type { Narrowing } from './redelivery.js';
import type { Gathered, MissedItem } from './redelivery-items.js';
import { WantedEvents, type Wishes } from './wanted-events.js';

/** What is looked for. */
export interface MissedSearch {
  readonly webhook: Wishes & { readonly id: string };
  /** When the webhook was disabled; not empty. */
  readonly spans: readonly Span[];
  /** null: of all types. */
  readonly eventTypes: readonly string[] | null;
  readonly only: Pick<Narrowing, 'deliveryId' | 'eventId'>;
}

export interface MissedFound {
  readonly items: readonly MissedItem[];
  /** To go on with, when not done. */
  readonly topics: NonNullable<Gathered['topics']>;
  readonly done: boolean;
}

/** What one search gathers at most; a stop in between costs no more than reading that much again. */
const MOST = { items: 500, bytes: 8 * 1024 * 1024 };

/**
 * What a webhook missed while it was disabled. Nobody keeps events for a disabled webhook; the domain topics have all of
 * them as long as they reach, seven days as a rule. Events of types that are redacted are left out: their data may not be kept.
 */
export class MissedEvents {
  constructor(
    private readonly topics: DomainEvents,
    private readonly catalog: Catalog,
    /** Domain topics besides those of the catalog. */
    private readonly furtherTopics: readonly string[] = [],
  ) {}

  /** The next of them. @param from how far earlier searches came @throws AppError `SENDING_UNAVAILABLE` */
  async search(search: MissedSearch, from: Gathered['topics'] = {}): Promise<MissedFound> {
    const wanted = new WantedEvents(search.webhook, this.catalog);
    const gathering = new Gathering(search, wanted, this.catalog);
    const positions: Record<string, { sinceMs: number; offset: string } | 'done'> = { ...from };
    for (const topic of wanted.topics(this.furtherTopics)) {
      for (let partition = 0, count = await this.topics.partitionsOf(topic); partition < count; partition++) {
        const name = `${topic}/${partition}`;
        const reached = positions[name];
        if (reached === 'done') continue;
        const start = { topic, partition, sinceMs: reached?.sinceMs ?? search.spans[0]!.from, afterOffset: reached?.offset };
        const ended = await this.topics.read(start, (record) => gathering.take(record));
        if (ended || gathering.pastAll) positions[name] = 'done';
        else if (gathering.last) positions[name] = { sinceMs: gathering.last.timestamp, offset: gathering.last.offset };
        gathering.nextPartition();
        if (gathering.full) return { items: gathering.items, topics: positions, done: false };
      }
    }
    return { items: gathering.items, topics: positions, done: true };
  }
}

class Gathering {
  readonly items: MissedItem[] = [];
  last: ReceivedRecord | undefined;
  /** Whether all that follows in this partition is too new. */
  pastAll = false;
  private bytes = 0;
  private readonly schemas = new Map<string, DataSchema>();

  constructor(
    private readonly search: MissedSearch,
    private readonly wanted: WantedEvents,
    private readonly catalog: Catalog,
  ) {}

  get full(): boolean {
    return this.items.length >= MOST.items || this.bytes >= MOST.bytes;
  }

  nextPartition(): void {
    this.last = undefined;
    this.pastAll = false;
  }

  take(record: ReceivedRecord): boolean {
    this.last = record;
    const { spans, eventTypes, only } = this.search;
    this.pastAll = record.timestamp >= spans.at(-1)!.to;
    if (this.pastAll) return false;
    if (!spans.some(({ from, to }) => record.timestamp >= from && record.timestamp < to)) return true;
    const event = readable(record);
    if (!event || (eventTypes !== null && !eventTypes.includes(event.type))) return true;
    if (only.eventId !== undefined && only.eventId !== event.id) return true;
    if (this.wanted.wants(event) && this.routable(event)) this.add(event);
    return !this.full;
  }

  private add(event: DomainEvent): void {
    const { webhook, only } = this.search;
    const webhookId = webhook.id;
    const id = deliveryId(event, webhookId);
    if (only.deliveryId !== undefined && only.deliveryId !== id) return;
    this.items.push({ deliveryId: id, webhookId, eventKey: id, kept: true, attempt: 1, wait: 0, event });
    this.bytes += event.data.length;
  }

  /** What the event-router turns away because of its data is not missed, and what is redacted cannot be kept. */
  private routable({ type: name, data, dataContentType }: DomainEvent): boolean {
    const type = this.catalog.get(name)!;
    if (((type as { redact?: readonly string[] }).redact ?? []).length > 0) return false;
    if (type.schemaCheck !== 'reject' || !holdsJson(dataContentType)) return true;
    let schema = this.schemas.get(name);
    if (!schema) this.schemas.set(name, (schema = new DataSchema(type.schema)));
    return schema.faultsOf(JSON.parse(data.toString('utf8')), data.length).length === 0;
  }
}

function readable(record: ReceivedRecord): DomainEvent | undefined {
  try {
    return readDomainEvent(record);
  } catch (error) {
    if (error instanceof ContractViolation) return undefined;
    throw error;
  }
}
