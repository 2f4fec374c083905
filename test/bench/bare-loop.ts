// The yardstick: the same signed requests from one process by a plain undici loop, with nothing else running.
import { createHmac, createSecretKey } from 'node:crypto';
import { Pool } from 'undici';

const [port, count, bodyBytes] = process.argv.slice(2).map(Number) as [number, number, number];
const CONCURRENCY = 100; // ten webhooks with ten requests in flight each, as the services send them

const key = createSecretKey(Buffer.from('a'.repeat(64)));
const body = Buffer.from(JSON.stringify({ filler: 'x'.repeat(bodyBytes - 13) }));
const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONCURRENCY, pipelining: 1 });

let next = 0;
async function worker(): Promise<void> {
  while (next < count) {
    const id = `bare-${next++}`;
    const timestamp = Math.floor(Date.now() / 1000);
    const standard = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    const plain = createHmac('sha256', key).update(body).digest('hex');
    const response = await pool.request({
      path: '/hook',
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Hookstream/bench',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': `v1,${standard}`,
        'x-hookstream-signature': `sha256=${plain}`,
        'x-hookstream-event': 'order_created',
        'x-hookstream-delivery': `dlv_${id}`,
        'x-hookstream-attempt': '1',
      },
      body,
    });
    await response.body.dump();
  }
}

const started = performance.now();
const cpu = process.cpuUsage();
await Promise.all(Array.from({ length: CONCURRENCY }, worker));
const seconds = (performance.now() - started) / 1000;
const used = process.cpuUsage(cpu);
process.send?.({ kind: 'result', perSecond: count / seconds, cpuSecondsPer1000: (used.user + used.system) / 1000 / count });
await pool.close();
process.disconnect?.();
