import { SeededRandom } from './seeded-random.js';

/**
 * How an endpoint answers: at once, after some milliseconds, after a second, one event in ten with a failure at first, or with 503
 * until it recovers.
 */
export type Endpoint = 'prompt' | 'slow' | 'late' | 'flaky' | 'down';

export interface PlannedWebhook {
  /** Also the path of its endpoint. */
  readonly name: string;
  readonly accountId: string;
  readonly channelId: string | null;
  readonly events: readonly string[];
  readonly status: 'enabled' | 'disabled';
  readonly endpoint: Endpoint;
  /** No event may ever reach it. */
  readonly forbidden: boolean;
  /** Calls the forbidden listener, by its address or by a name that leads there; what it wants fails without a request. */
  readonly lure?: 'address' | 'name';
  readonly maxInFlight?: number;
}

/** A webhook that a test asks for beside the usual ones. */
export interface ExtraWebhook {
  readonly name: string;
  /** Tells its account from the others of the run. */
  readonly account: string;
  readonly events: readonly string[];
  readonly endpoint?: Endpoint;
  readonly maxInFlight?: number;
}

export interface PlannedEvent {
  readonly id: string;
  readonly topic: string;
  readonly type: string;
  readonly accountId: string;
  readonly channelId: string | null;
  readonly key: string;
  readonly data: string;
}

export interface ExpectedDelivery {
  readonly eventId: string;
  /** Its name. */
  readonly webhook: string;
}

const TYPES = [
  ['orders', 'order_created'],
  ['orders', 'order_updated'],
  ['tickets', 'ticket.created'],
  ['tickets', 'ticket.closed'],
] as const;
const CHANNELS = ['north', 'south', null] as const;
const SUBSCRIPTIONS = [['order_created'], ['order_created', 'orders:*'], ['tickets:*'], ['ticket.closed', 'order_updated'], ['*']] as const;
const ENDPOINTS = ['prompt', 'prompt', 'slow', 'flaky'] as const;

/** Webhooks and events that depend on the seed alone, within an account that no other run has. */
export class Scenario {
  readonly webhooks: readonly PlannedWebhook[];
  private readonly random: SeededRandom;

  /** @param run tells this run's account and events from those of others: domain topics are shared */
  constructor(
    readonly run: string,
    seed: number,
    options: { readonly webhooks?: number; readonly endpoints?: readonly Endpoint[]; readonly extra?: readonly ExtraWebhook[] } = {},
  ) {
    this.random = new SeededRandom(seed);
    const endpoints = options.endpoints ?? ENDPOINTS;
    this.webhooks = [
      // Each way to answer is there, whatever the seed; the rest is chosen by it.
      ...Array.from({ length: options.webhooks ?? 8 }, (_, i) =>
        this.webhook(`hook-${i}`, i < endpoints.length ? [endpoints[i]!] : endpoints),
      ),
      // At least one that takes everything, so that each event is delivered at all.
      { ...this.webhook('hook-all', endpoints), channelId: null, events: ['*'] },
      { ...this.webhook('disabled', ENDPOINTS), channelId: null, events: ['*'], status: 'disabled', forbidden: true },
      { ...this.webhook('other-account', ENDPOINTS), accountId: `${run}-other`, channelId: null, events: ['*'], forbidden: true },
      { ...this.webhook('other-channel', ENDPOINTS), channelId: 'west', events: ['*'], forbidden: true },
      { ...this.webhook('other-type', ENDPOINTS), channelId: null, events: ['product_created'], forbidden: true },
      ...(['address', 'name'] as const).map((lure) => ({
        ...this.webhook(`lure-by-${lure}`, ENDPOINTS),
        channelId: 'south',
        events: ['ticket.closed'],
        lure,
      })),
      ...(options.extra ?? []).map(({ account, endpoint = 'prompt', ...extra }) => ({
        ...extra,
        endpoint,
        accountId: this.account(account),
        channelId: null,
        status: 'enabled' as const,
        forbidden: false,
      })),
    ];
  }

  /** The account of an extra webhook. */
  account(name: string): string {
    return `${this.run}-${name}`;
  }

  events(count: number): PlannedEvent[] {
    return Array.from({ length: count }, () => this.event());
  }

  /** Events of one type in the account of an extra webhook. @param bytes of data, at least; as small as any without it */
  eventsOf(account: string, topic: string, type: string, count: number, bytes = 0): PlannedEvent[] {
    const rest = { topic, type, accountId: this.account(account), channelId: null };
    return Array.from({ length: count }, () => {
      const event = this.event();
      return { ...event, ...rest, data: bytes > 0 ? `{"text":"${'x'.repeat(bytes)}"}` : event.data };
    });
  }

  private webhook(name: string, endpoints: readonly Endpoint[]): PlannedWebhook {
    return {
      name,
      accountId: this.run,
      channelId: this.random.pick(CHANNELS),
      events: this.random.pick(SUBSCRIPTIONS),
      status: 'enabled',
      endpoint: this.random.pick(endpoints),
      forbidden: false,
    };
  }

  private made = 0;

  private event(): PlannedEvent {
    const [topic, type] = this.random.pick(TYPES);
    return {
      id: `${this.run}-${this.made++}`,
      topic,
      type,
      accountId: this.run,
      channelId: this.random.pick(CHANNELS),
      key: String(this.random.between(0, 999)),
      data: `{"n":${this.random.between(0, 1_000_000)},"price":1.10,"text":"${'x'.repeat(this.random.between(0, 400))}"}`,
    };
  }
}

/** Deliveries that must be requested and end as failed, without a request to anyone. */
export function refusedDeliveries(webhooks: readonly PlannedWebhook[], events: readonly PlannedEvent[]): ExpectedDelivery[] {
  return pairs(
    webhooks.filter(({ lure }) => lure !== undefined),
    events,
  );
}

/**
 * Which deliveries must be, from the promise alone: enabled, same account, same channel or none asked for, and the type, its
 * module or everything subscribed. Shares no code with the services.
 */
export function expectedDeliveries(webhooks: readonly PlannedWebhook[], events: readonly PlannedEvent[]): ExpectedDelivery[] {
  return pairs(
    webhooks.filter(({ lure }) => lure === undefined),
    events,
  );
}

function pairs(webhooks: readonly PlannedWebhook[], events: readonly PlannedEvent[]): ExpectedDelivery[] {
  return events.flatMap((event) =>
    webhooks.filter((webhook) => takes(webhook, event)).map(({ name }) => ({ eventId: event.id, webhook: name })),
  );
}

function takes(webhook: PlannedWebhook, event: PlannedEvent): boolean {
  if (webhook.status !== 'enabled' || webhook.accountId !== event.accountId) return false;
  if (webhook.channelId !== null && webhook.channelId !== event.channelId) return false;
  return webhook.events.some((name) => name === '*' || name === event.type || name === `${event.topic}:*`);
}
