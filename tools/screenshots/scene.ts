import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Scene {
  readonly account: string;
  /** The webhook whose history is shown. */
  readonly webhookId: string;
  readonly close: () => Promise<void>;
}

const EVENTS = 240;
const AT_ONCE = 20;
const SETTLE_MS = 12_000;
const FAILING_SHARE = 0.12;
const WEBHOOKS = [
  { name: 'Billing', path: '/ok', events: ['order_created', 'transaction.success'], auth: { type: 'BEARER', token: 'shown-to-nobody' } },
  { name: 'CRM', path: '/sometimes', events: ['contacts:*', 'order_created'], payloadFormat: 'CLOUDEVENTS' },
  { name: 'Warehouse', path: '/slow', events: ['orders:*', 'products:*'], payloadFormat: 'ENVELOPE' },
  { name: 'Support desk', path: '/ok', events: ['tickets:*'], payloadFormat: 'STANDARD' },
  { name: 'Old shop', path: '/down', events: ['order_updated'] },
  { name: 'Archive', path: '/ok', events: ['*'], method: 'PUT', status: 'disabled' },
];
const TYPES = ['order_created', 'order_created', 'order_updated', 'ticket.closed', 'transaction.success', 'contact_updated'];

/** An account of its own with webhooks of all kinds of luck, and deliveries to them. */
export async function makeScene(url: string, adminKey: string): Promise<Scene> {
  const account = `shop-${randomBytes(3).toString('hex')}`;
  const call = async (method: string, path: string, body?: object): Promise<{ id: string }> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${adminKey}`,
        'content-type': 'application/json',
        ...(path.startsWith('/v1/accounts') ? {} : { 'hookstream-account': account }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (response.status === 204 ? {} : await response.json()) as { id: string };
  };
  const receiver = await startReceiver();
  await call('POST', '/v1/accounts', { id: account, name: 'Example shop' });
  const ids: string[] = [];
  for (const { path, ...settings } of WEBHOOKS)
    ids.push((await call('POST', '/v1/webhooks', { signing: true, ...settings, url: receiver.url + path })).id);
  // The router learns of them through Kafka.
  await pause(2000);
  for (let sent = 0; sent < EVENTS; sent += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, index) => TYPES[(sent + index) % TYPES.length]!);
    await Promise.all(batch.map((type, index) => call('POST', '/v1/events', { type, data: { id: `${sent + index}`, total: '1.10' } })));
  }
  await pause(SETTLE_MS);
  return { account, webhookId: ids[1]!, close: receiver.close };
}

async function startReceiver(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const fails = request.url === '/down' || (request.url === '/sometimes' && Math.random() < FAILING_SHARE);
      const waitMs = request.url === '/slow' ? 150 + Math.random() * 400 : Math.random() * 30;
      setTimeout(() => {
        response.writeHead(fails ? 503 : 200, { 'content-type': 'application/json' });
        response.end(fails ? '{"error":"maintenance"}' : '{"received":true}');
      }, waitMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
