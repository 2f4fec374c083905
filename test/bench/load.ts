import type { TestKafka } from '#libs/testing';
import type { BenchReceiver } from './receiver.js';

const DATA_BYTES = 1024;
const filler = 'x'.repeat(DATA_BYTES - 40);

/** One order of about 1 KiB, for a channel or for all of the account. */
export function order(id: string, channelId: string | null) {
  return {
    key: id,
    value: `{"orderId":"${id}","note":"${filler}"}`,
    headers: {
      ce_specversion: '1.0',
      ce_id: id,
      ce_source: '/bench',
      ce_type: 'order_created',
      ...(channelId === null ? {} : { ce_channelid: channelId }),
    },
  };
}

/** Publishes orders at once, `batch` records to a request. */
export async function publishBurst(kafka: TestKafka, records: readonly ReturnType<typeof order>[], batch = 500): Promise<void> {
  for (let i = 0; i < records.length; i += batch) await kafka.produce('orders', records.slice(i, i + batch));
}

/** Publishes one probe after another to each channel until each has reached the receiver: the webhooks are known everywhere. */
export async function waitUntilRouted(
  kafka: TestKafka,
  receiver: BenchReceiver,
  run: string,
  channels: readonly (string | null)[],
  perEvent: number,
): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (let round = 0; ; round++) {
    await receiver.reset();
    await kafka.produce(
      'orders',
      channels.map((channel, i) => order(`probe-${run}-${round}-${i}`, channel)),
    );
    const arrived = await waitForRequests(receiver, channels.length * perEvent, 3000);
    if (arrived) return;
    if (performance.now() > deadline) throw new Error('the webhooks of the benchmark did not become active within a minute');
  }
}

async function waitForRequests(receiver: BenchReceiver, count: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  let seen = 0;
  while (performance.now() < deadline) {
    seen += (await receiver.report()).requests;
    if (seen >= count) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
