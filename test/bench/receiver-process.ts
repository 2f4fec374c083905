// A receiver in a process of its own, which remembers when each event arrived. It answers by path: `/hook` with 200 at once,
// `/hang` never, `/slow/<ms>` with 200 after a time, `/busy/<s>` an event's first request with 503 and `Retry-After`,
// `/status/<code>` with that status.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Order = { kind: 'reset' | 'report' } | { kind: 'open'; ports: number };

const arrivals = new Map<string, number>();
const repeats = new Map<string, number>();
let requests = 0;
let hanging = 0;
let cpu = process.cpuUsage();

const now = (): number => performance.timeOrigin + performance.now();

function receive(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  request.on('end', () => {
    requests++;
    const id = request.headers['webhook-id'];
    const first = typeof id === 'string' && !arrivals.has(id);
    if (typeof id === 'string') (first ? arrivals : repeats).set(id, now());
    answer(request.url ?? '/', first, response);
  });
}

function answer(url: string, first: boolean, response: ServerResponse): void {
  const [, kind, value] = url.split('/');
  if (kind === 'hang') {
    hanging++;
    response.on('close', () => hanging--);
  } else if (kind === 'slow') setTimeout(() => response.writeHead(200, { 'content-length': 0 }).end(), Number(value));
  else if (kind === 'busy' && first) response.writeHead(503, { 'retry-after': value, 'content-length': 0 }).end();
  else if (kind === 'status') response.writeHead(Number(value), { 'content-length': 0 }).end();
  else response.writeHead(200, { 'content-length': 0 }).end();
}

function open(): Promise<number> {
  const server = createServer(receive);
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve) => server.listen(0, '127.0.0.1', 4096, () => resolve((server.address() as AddressInfo).port)));
}

process.on('message', (order: Order) => {
  if (order.kind === 'open') {
    void Promise.all(Array.from({ length: order.ports }, open)).then((ports) => process.send?.({ kind: 'open', ports }));
    return;
  }
  const used = process.cpuUsage(cpu);
  if (order.kind === 'report') {
    const cpuSeconds = (used.user + used.system) / 1e6;
    process.send?.({ kind: 'report', requests, hanging, cpuSeconds, arrivals: [...arrivals], repeats: [...repeats] });
  }
  arrivals.clear();
  repeats.clear();
  requests = 0;
  cpu = process.cpuUsage();
  if (order.kind === 'reset') process.send?.({ kind: 'reset' });
});
process.on('disconnect', () => process.exit(0));

process.send?.({ kind: 'listening', port: await open() });
