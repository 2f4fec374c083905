import { Logger } from '@nestjs/common';
import type { ErrorClass } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import { FAILING_AFTER_MS, type HealthState, TROUBLES } from './health-state.js';
import { healthWords } from './health-words.js';
import type { HourCounts, LastEvent, Standing, StandingSubject, WebhookCounts, WebhookHealth } from './standing.js';
import type { HourRow, KnownCircuit, RecentAttempts, StandingStore } from './standing.store.js';

const MS_PER_HOUR = 3_600_000;
const HOURS = 24;

/** How far waiting deliveries are counted: of one webhook, and of each when there are many. */
const MOST_WAITING = { one: 10_000, each: 1_000 };

/** Which webhooks have a health, in words that their list understands. */
export interface HealthSelection {
  readonly status: 'enabled' | 'disabled';
  readonly among?: readonly string[];
  readonly except?: readonly string[];
}

/** How webhooks stand: Last Event Hit, health and counts, out of the history. */
export class WebhookStandings {
  private readonly logger = new Logger(WebhookStandings.name);

  constructor(
    private readonly store: StandingStore,
    private readonly clock: Clock,
  ) {}

  /** One standing for each webhook. While the history does not answer, they say no more than the webhooks themselves do. */
  async of(accountId: string, webhooks: readonly StandingSubject[]): Promise<Standing[]> {
    if (webhooks.length === 0) return [];
    try {
      return await this.read(accountId, webhooks);
    } catch (err) {
      this.logger.warn({ msg: 'history.unreadable', accountId, err });
      return webhooks.map((webhook) => ({ lastEvent: null, counts: null, health: healthOf(webhook, {}) }));
    }
  }

  /** The webhooks of an account with this health. @throws AppError `DATABASE_UNAVAILABLE` */
  async withHealth(accountId: string, state: HealthState): Promise<HealthSelection> {
    if (state === 'disabled') return { status: 'disabled' };
    if (state === 'healthy') return { status: 'enabled', except: await this.store.inTrouble(accountId, TROUBLES, this.failingBefore()) };
    return { status: 'enabled', among: await this.store.inTrouble(accountId, [state], this.failingBefore()) };
  }

  private async read(accountId: string, webhooks: readonly StandingSubject[]): Promise<Standing[]> {
    const ids = webhooks.map(({ id }) => id);
    const from = (Math.floor(this.clock.now() / MS_PER_HOUR) - HOURS + 1) * MS_PER_HOUR;
    const lastEvents = await this.store.lastEvents(accountId, ids);
    const counts = countsByWebhook(await this.store.hours(accountId, ids, from), from);
    const circuits = await this.store.circuits(accountId, ids, this.failingBefore());
    const troubled = webhooks.filter((webhook) => stateOf(webhook, circuits.get(webhook.id)) !== 'healthy').map(({ id }) => id);
    const most = ids.length === 1 ? MOST_WAITING.one : MOST_WAITING.each;
    const waiting = await this.store.waiting(ids, most + 1);
    const recent = troubled.length === 0 ? [] : await this.store.recentAttempts(troubled);
    const recentById = new Map(recent.map((attempts) => [attempts.webhookId, attempts]));
    return webhooks.map((webhook) => ({
      lastEvent: lastEvents.get(webhook.id) ?? (null satisfies LastEvent | null),
      counts: counts.get(webhook.id) ?? emptyCounts(),
      health: healthOf(webhook, {
        circuit: circuits.get(webhook.id),
        recent: recentById.get(webhook.id),
        waiting: Math.min(waiting.get(webhook.id) ?? 0, most),
        waitingIsLowerBound: (waiting.get(webhook.id) ?? 0) > most,
      }),
    }));
  }

  private failingBefore(): Date {
    return new Date(this.clock.now() - FAILING_AFTER_MS);
  }
}

function stateOf({ status }: StandingSubject, circuit: KnownCircuit | undefined): HealthState {
  return status === 'disabled' ? 'disabled' : (circuit?.trouble ?? 'healthy');
}

/** What the history says of an endpoint; nothing while it does not answer. */
interface Known {
  readonly circuit?: KnownCircuit | undefined;
  readonly recent?: RecentAttempts | undefined;
  readonly waiting?: number;
  readonly waitingIsLowerBound?: boolean;
}

function healthOf(webhook: StandingSubject, { circuit, recent, waiting = 0, waitingIsLowerBound = false }: Known): WebhookHealth {
  const time = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
  const health = {
    state: stateOf(webhook, circuit),
    reason: reasonOf(circuit?.last_status_code ?? null, circuit?.last_error_class ?? null),
    circuit: circuit?.circuit ?? 'closed',
    since: time(circuit?.since) ?? webhook.createdAt,
    nextProbeAt: time(circuit?.next_probe_at),
    failingSince: time(circuit?.failing_since),
    consecutiveFailures: circuit?.consecutive_failures ?? 0,
    recentAttempts: recent?.recentAttempts ?? 0,
    recentFailures: recent?.recentFailures ?? 0,
    lastStatusCode: circuit?.last_status_code ?? null,
    lastErrorClass: circuit?.last_error_class ?? null,
    waiting,
    waitingIsLowerBound,
  };
  return { ...health, words: healthWords(health, { reason: webhook.disabledReason, at: webhook.disabledAt }) };
}

const REASONS: Readonly<Partial<Record<ErrorClass, string>>> = {
  dns: 'host not found',
  connect: 'refused or unreachable',
  reset: 'connection broken off',
  tls: 'TLS failed',
  timeout: 'no reply in time',
  policy: 'address refused',
  protocol: 'not HTTP',
};

function reasonOf(statusCode: number | null, errorClass: ErrorClass | null): string | null {
  if (errorClass === null) return null;
  return REASONS[errorClass] ?? String(statusCode ?? errorClass);
}

function emptyCounts(): WebhookCounts {
  return { succeeded: 0, failed: 0, hours: Array.from({ length: HOURS }, () => ({ succeeded: 0, failed: 0 })) };
}

function countsByWebhook(rows: readonly HourRow[], from: number): ReadonlyMap<string, WebhookCounts> {
  const found = new Map<string, HourRow[]>();
  for (const row of rows) found.set(row.webhookId, [...(found.get(row.webhookId) ?? []), row]);
  return new Map([...found].map(([id, ofWebhook]) => [id, countsOf(ofWebhook, from)]));
}

function countsOf(rows: readonly HourRow[], from: number): WebhookCounts {
  const hours: HourCounts[] = [...emptyCounts().hours];
  for (const { start, succeeded, failed } of rows) {
    const hour = (start - from) / MS_PER_HOUR;
    if (hour >= 0 && hour < HOURS) hours[hour] = { succeeded, failed };
  }
  const total = (of: keyof HourCounts): number => hours.reduce((sum, hour) => sum + hour[of], 0);
  return { succeeded: total('succeeded'), failed: total('failed'), hours };
}
