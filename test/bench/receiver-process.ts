// A receiver in a process of its own: answers 200 at once and remembers when each event arrived.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const arrivals = new Map<string, number>();
let requests = 0;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    requests++;
    const id = request.headers['webhook-id'];
    if (typeof id === 'string' && !arrivals.has(id)) arrivals.set(id, performance.timeOrigin + performance.now());
    response.writeHead(200, { 'content-length': 0 }).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ kind: 'listening', port: (server.address() as AddressInfo).port }));

process.on('message', (message: { kind: 'reset' | 'report' }) => {
  if (message.kind === 'report') process.send?.({ kind: 'report', requests, arrivals: [...arrivals] });
  arrivals.clear();
  requests = 0;
  if (message.kind === 'reset') process.send?.({ kind: 'reset' });
});
process.on('disconnect', () => process.exit(0));
