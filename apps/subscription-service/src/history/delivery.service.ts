import { AppError, isId } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import { decodeKeyCursor, type Page, pageOf } from '../http/index.js';
import '../redelivery/index.js';
import type { AttemptDetail } from '../history-schema/index.js';
import type { AttemptStore } from './attempt.store.js';
import type { DeliveryStore, FullDelivery } from './delivery.store.js';
import { type DeliveryDetailView, deliveryDetailView, deliveryView, type DeliveryView } from './delivery.view.js';
import { type AttemptFailure, failureOf } from '../failure-words/index.js';
import type { ListDeliveriesDto } from './list-deliveries.dto.js';
import { msOf } from './time.dto.js';

/** How many attempts of a delivery are shown with it. */
const TIMELINE = 100;

/** Deliveries, the same for every protocol. */
export class DeliveryService {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly attempts: AttemptStore,
  ) {}

  /** Newest events first. @throws AppError `VALIDATION_FAILED` of the cursor */
  async list({ accountId }: Principal, { cursor, limit, from, to, ...same }: ListDeliveriesDto): Promise<Page<DeliveryView>> {
    const before = decodeKeyCursor(cursor, (key) => isId('dlv', key));
    const rows = await this.deliveries.list(accountId, { ...same, from: msOf(from), to: msOf(to), before, limit: limit + 1 });
    const { data, nextCursor } = pageOf(rows, limit, ({ id }) => id);
    return { data: data.map(deliveryView), nextCursor };
  }

  /** @throws AppError `DELIVERY_NOT_FOUND` */
  async get({ accountId }: Principal, id: string): Promise<DeliveryDetailView> {
    const found = isId('dlv', id) ? await this.deliveries.find(accountId, id) : undefined;
    if (!found) throw new AppError('DELIVERY_NOT_FOUND', 'there is no delivery with this id');
    const named = { id, eventId: found.event_id, webhookId: found.webhook_id };
    const timeline = await this.attempts.ofDelivery(accountId, named, TIMELINE);
    return deliveryDetailView(found, timeline, await this.lastFailure(accountId, found));
  }

  private async lastFailure(accountId: string, { last_attempt_id: id }: FullDelivery): Promise<AttemptFailure | null> {
    const last = id === null ? undefined : await this.attempts.find(accountId, id);
    if (!last || last.error_class === null) return null;
    const { error: message, response } = JSON.parse(last.detail) as AttemptDetail;
    const { error_class: errorClass, status_code: statusCode, duration_ms: durationMs } = last;
    return failureOf({ errorClass, statusCode, durationMs, headers: response?.headers, message });
  }
}
