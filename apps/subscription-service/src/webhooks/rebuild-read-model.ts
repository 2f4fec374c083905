import { EventStore, type UnitOfWork, type Transaction } from '#libs/persistence';
import { evolve } from './evolve.js';
import { toRow, WebhookEntity } from './webhook.entity.js';
import type { WebhookEvent } from './webhook.events.js';
import type { Webhook } from './webhook.js';
import { WEBHOOK_EVENTS_TABLE } from './webhook.pg-store.js';

const ROWS_PER_INSERT = 500;

/**
 * Makes the read model again from the events, in one transaction: readers see the old rows until the new ones are
 * complete. Commands wait on the lock meanwhile, or answer 503 when it takes longer than a statement may.
 * @returns the number of webhooks
 */
export async function rebuildReadModel(unitOfWork: UnitOfWork): Promise<number> {
  return unitOfWork.run(async (transaction) => {
    // No command commits between the lock and the end, so the batches of the scan add up to one point in time.
    await transaction.query('lock table subscription.webhooks in share row exclusive mode');
    await transaction.query('delete from subscription.webhooks');
    let count = 0;
    for await (const webhooks of batches(transaction)) {
      await transaction.insert(WebhookEntity, webhooks.map(toRow));
      count += webhooks.length;
    }
    return count;
  });
}

async function* batches(transaction: Transaction): AsyncGenerator<Webhook[]> {
  let batch: Webhook[] = [];
  for await (const webhook of webhooks(transaction)) {
    batch.push(webhook);
    if (batch.length < ROWS_PER_INSERT) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* webhooks(transaction: Transaction): AsyncGenerator<Webhook> {
  let streamId: string | undefined;
  let current: Webhook | undefined;
  for await (const event of new EventStore<WebhookEvent>(WEBHOOK_EVENTS_TABLE).scan(transaction)) {
    if (event.streamId !== streamId && current) yield current;
    if (event.streamId !== streamId) current = undefined;
    streamId = event.streamId;
    current = evolve(current, event);
  }
  if (current) yield current;
}
