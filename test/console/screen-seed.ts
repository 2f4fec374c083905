import type { ConsoleTest } from './console-test.js';
import { SEEDED_NAME, SEEDED_URL, type Shown } from './screen-cases.js';

interface Attempts {
  readonly data: readonly { readonly id: string; readonly deliveryId: string; readonly eventId: string }[];
}

/** A webhook with most of what one can have, and a failed attempt of it. */
export async function seedScreens(test: ConsoleTest): Promise<Shown> {
  const { id: webhook } = await test.createWebhook({
    name: SEEDED_NAME,
    url: SEEDED_URL,
    headers: { 'X-Env': 'prod' },
    metadata: { team: 'a' },
    filter: 'data.id > 0',
    retryPolicy: { schedule: ['1s'] },
  });
  await test.api('POST', `/v1/webhooks/${webhook}/rotate-secret`, {});
  let shown: Shown | undefined;
  await test.publishUntil('order_created', async (id) => {
    const [found] = (await test.api<Attempts>('GET', `/v1/webhooks/${webhook}/attempts?eventId=${id}`)).data;
    if (found) shown = { account: test.account, webhook, attempt: found.id, deliveryId: found.deliveryId, eventId: found.eventId };
    return found !== undefined;
  });
  return shown!;
}
