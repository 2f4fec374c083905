import type { Clock } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import { TROUBLES, type WebhookHealth, type WebhookStandings } from '../webhook-standing/index.js';
import type { Webhook, WebhookFilter, WebhookStore } from '../webhooks/index.js';
import type { DeliveryStore } from './delivery.store.js';
import type { AttemptCounts } from './stat-counts.js';
import type { StatService } from './stat.service.js';

const HOUR_MS = 3_600_000;
/** Hours of the clock that are counted, the one under way included. */
const HOURS = 24;
/** How far the backlog is counted. */
const MOST_WAITING = 10_000;
/** Of those that need attention so many are named. */
const MOST_ATTENTION = 20;
/** Reasons for which a webhook is disabled by its failures. */
const FAILED_REASONS = ['failing', 'gone'];

export interface Overview {
  readonly from: string;
  readonly to: string;
  readonly totals: AttemptCounts;
  readonly backlog: {
    readonly count: number;
    readonly countIsLowerBound: boolean;
    readonly oldestAt: string | null;
    readonly oldestAgeMs: number | null;
  };
  readonly webhooks: { readonly total: number; readonly enabled: number; readonly disabled: number };
  /** Of all that need attention. */
  readonly attentionCount: number;
  readonly attention: readonly { readonly webhookId: string; readonly name: string; readonly health: WebhookHealth }[];
}

/** How everything of an account is. */
export class OverviewService {
  constructor(
    private readonly stats: StatService,
    private readonly deliveries: DeliveryStore,
    private readonly webhooks: Pick<WebhookStore, 'count' | 'countByStatus' | 'list'>,
    private readonly standings: WebhookStandings,
    private readonly clock: Clock,
  ) {}

  async now({ accountId }: Principal): Promise<Overview> {
    const now = this.clock.now();
    const from = (Math.floor(now / HOUR_MS) - HOURS + 1) * HOUR_MS;
    const waiting = await this.deliveries.waiting(accountId, MOST_WAITING + 1);
    const { enabled, disabled } = await this.webhooks.countByStatus(accountId);
    return {
      from: new Date(from).toISOString(),
      to: new Date(now).toISOString(),
      totals: await this.stats.totals(accountId, from, now),
      backlog: {
        count: Math.min(waiting.count, MOST_WAITING),
        countIsLowerBound: waiting.count > MOST_WAITING,
        oldestAt: waiting.oldestAt?.toISOString() ?? null,
        oldestAgeMs: waiting.oldestAt === null ? null : Math.max(0, now - waiting.oldestAt.getTime()),
      },
      webhooks: { total: enabled + disabled, enabled, disabled },
      ...(await this.attention(accountId)),
    };
  }

  /** Each kind has its turn, so that many of one do not hide the others. */
  private async attention(accountId: string): Promise<Pick<Overview, 'attention' | 'attentionCount'>> {
    const kinds: WebhookFilter[] = [];
    for (const trouble of TROUBLES) kinds.push({ selection: await this.standings.withHealth(accountId, trouble) });
    kinds.push({ status: 'disabled', disabledReasons: FAILED_REASONS });

    let attentionCount = 0;
    const found: Webhook[][] = [];
    for (const kind of kinds) {
      const webhooks = await this.webhooks.list(accountId, { ...kind, limit: MOST_ATTENTION });
      attentionCount += webhooks.length < MOST_ATTENTION ? webhooks.length : await this.webhooks.count(accountId, kind);
      found.push(webhooks);
    }
    const named = inTurn(found).slice(0, MOST_ATTENTION);
    const standings = await this.standings.of(accountId, named);
    return { attentionCount, attention: named.map(({ id, name }, i) => ({ webhookId: id, name, health: standings[i]!.health })) };
  }
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}
