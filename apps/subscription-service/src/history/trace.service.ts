import type { Catalog } from '#libs/catalog';
import type { Principal } from '../auth/index.js';
import type { DeliveryRow } from '../history-schema/index.js';
import type { PastWebhook, PastWebhooks } from '../webhooks/index.js';
import type { AttemptStore, ListedAttempt } from './attempt.store.js';
import { attemptView, type AttemptView } from './attempt.view.js';
import { deliveryView, type DeliveryView } from './delivery.view.js';
import { EventMatcher } from './event-matcher.js';
import type { EventService } from './event.service.js';
import type { EventStore } from './event.store.js';
import { eventView, type EventView } from './event.view.js';
import type { MissReason } from './miss-reasons.js';

/** How much of an event is shown at once. */
const MOST = { webhooks: 500, deliveries: 1_000, attempts: 5_000 };

export interface TracedWebhook {
  readonly webhookId: string;
  /** Null: the webhook has been deleted. */
  readonly name: string | null;
  readonly url: string | null;
  readonly matched: boolean;
  readonly reason: MissReason | null;
  readonly words: string;
  readonly changedSince: boolean;
  readonly deliveries: readonly { readonly delivery: DeliveryView; readonly attempts: readonly AttemptView[] }[];
}

export interface EventTrace {
  readonly event: EventView;
  readonly webhooks: readonly TracedWebhook[];
  readonly truncated: boolean;
}

/** Follows an event: each webhook of the account, matched or why not, then each attempt. */
export class TraceService {
  constructor(
    private readonly events: EventService,
    private readonly store: EventStore,
    private readonly attempts: AttemptStore,
    private readonly webhooks: PastWebhooks,
    private readonly catalog: Pick<Catalog, 'coveringNames'>,
  ) {}

  /** @throws AppError `EVENT_NOT_FOUND` */
  async trace(principal: Principal, id: string, source: string | undefined): Promise<EventTrace> {
    const { accountId } = principal;
    const found = await this.events.find(principal, id, source);
    const event = eventView(found);
    const deliveries = groups(await this.store.deliveriesOf(found, MOST.deliveries), (row) => row.webhook_id);
    const attempts = groups(await this.attempts.ofEvent(accountId, id, MOST.attempts), (row) => row.delivery_id);
    const known = await this.webhooks.of(accountId, Date.parse(event.receivedAt), MOST.webhooks + 1);
    const matcher = new EventMatcher(found, this.catalog);
    const byId = new Map(known.map((webhook) => [webhook.now.id, webhook]));
    const sent = [...deliveries].map(([webhookId, rows]) => reached(webhookId, byId.get(webhookId), rows, attempts, matcher));
    // A test goes to the one webhook that it is a test of: of the others there is nothing to say.
    const others = event.test ? [] : known.filter(({ now }) => !deliveries.has(now.id)).slice(0, MOST.webhooks);
    const truncated = !event.test && known.length > MOST.webhooks;
    return { event, webhooks: [...sent, ...others.map((webhook) => missed(webhook, matcher))], truncated };
  }
}

function reached(
  webhookId: string,
  webhook: PastWebhook | undefined,
  rows: readonly DeliveryRow[],
  attempts: ReadonlyMap<string, readonly ListedAttempt[]>,
  matcher: EventMatcher,
): TracedWebhook {
  const shownRows = rows.map((row) => ({ delivery: deliveryView(row), attempts: (attempts.get(row.id) ?? []).map(attemptView) }));
  return {
    ...shown(webhookId, webhook),
    matched: true,
    reason: null,
    words: wordsOf(shownRows[0]!, matcher.entryOf(webhook?.then)),
    deliveries: shownRows,
  };
}

/** What was first sent by a redelivery went to a webhook that need not have wanted it. */
function wordsOf({ attempts: [first] }: TracedWebhook['deliveries'][number], entry: string | undefined): string {
  if (first?.attempt === 1 && first.trigger === 'redelivery') return 'sent by a redelivery';
  return entry === undefined ? 'sent' : `matched by ${entry}`;
}

function missed(webhook: PastWebhook, matcher: EventMatcher): TracedWebhook {
  return { ...shown(webhook.now.id, webhook), matched: false, ...matcher.missOf(webhook), deliveries: [] };
}

function shown(webhookId: string, webhook: PastWebhook | undefined) {
  const { now, then } = webhook ?? {};
  return { webhookId, name: now?.name ?? null, url: now?.url ?? null, changedSince: now !== undefined && now !== then };
}

function groups<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const group = found.get(keyOf(row));
    if (group) group.push(row);
    else found.set(keyOf(row), [row]);
  }
  return found;
}
