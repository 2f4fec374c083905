import type { Circuit } from '#libs/contracts';
import { type Clock, isId } from '#libs/kernel';
import type { GroupLag, LagMeter } from '#libs/messaging';
import { RecentAnswers } from '../auth/index.js';
import { decodeKeyCursor, type Page, pageOf } from '../http/index.js';
import type { CircuitQuery, CircuitStore, NamedCircuit } from './circuit.store.js';
import type { NotificationMail, NotificationQuery, NotificationStore } from './notification.store.js';

/** However many consoles are open, the brokers are asked once in that time. */
const LAG_FRESH_MS = 1_000;
const MAIL_ID = /^[\x20-\x7e]{1,200}$/;

export interface Lag {
  /** RFC 3339. */
  readonly measuredAt: string;
  readonly groups: readonly GroupLag[];
}

type Asked<Query> = Omit<Query, 'after'> & { readonly cursor?: string | undefined; readonly limit: number };

/** How the system fares, for operators. */
export class OperationService {
  private readonly lags: RecentAnswers<Lag>;

  constructor(
    meter: LagMeter,
    private readonly circuits: CircuitStore,
    private readonly notifications: NotificationStore,
    clock: Clock,
    private readonly topicPrefix: string,
  ) {
    const measure = async (prefix: string): Promise<Lag> => {
      const groups = await meter.measure(prefix);
      return { measuredAt: new Date(clock.now()).toISOString(), groups };
    };
    this.lags = new RecentAnswers(measure, 1, LAG_FRESH_MS);
  }

  /** How far the consumer groups of this deployment are behind. @throws AppError `BROKER_UNAVAILABLE` */
  lag(): Promise<Lag> {
    return this.lags.get(`${this.topicPrefix}.`);
  }

  /** By webhook, newest first, with how many there are in each state. */
  async listCircuits({
    cursor,
    ...asked
  }: Asked<CircuitQuery>): Promise<Page<NamedCircuit> & { counts: Readonly<Record<Circuit, number>> }> {
    const after = decodeKeyCursor(cursor, (key) => isId('wh', key));
    const rows = await this.circuits.list({ ...asked, after, limit: asked.limit + 1 });
    const counts = await this.circuits.counts(asked.accountId);
    return { counts, ...pageOf(rows, asked.limit, (row) => row.webhook_id) };
  }

  /** Newest first. */
  async listNotifications({ cursor, ...asked }: Asked<NotificationQuery>): Promise<Page<NotificationMail>> {
    const after = decodeKeyCursor(cursor, (key) => MAIL_ID.test(key));
    return pageOf(await this.notifications.list({ ...asked, after, limit: asked.limit + 1 }), asked.limit, ({ id }) => id);
  }
}
