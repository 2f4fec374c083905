import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebhookReceiver, closeAfterTest, closesResources, type Answer } from '#libs/testing';
import { AddressResolver, ResolveError } from './address-resolver.js';
import { EgressClient, type EgressOptions } from './egress-client.js';
import { parseEgressPolicy } from './egress-policy.js';
import type { EgressRequest, EgressResult } from './egress-result.js';

closesResources();

const local = parseEgressPolicy('127.0.0.0/8', false);

function client(options: Partial<EgressOptions> = {}): EgressClient {
  const made = new EgressClient({ policy: local, ...options });
  closeAfterTest(() => made.close());
  return made;
}

async function receiver(answer?: Answer): Promise<WebhookReceiver> {
  const started = await WebhookReceiver.start(answer);
  closeAfterTest(() => started.close());
  return started;
}

/** A server below HTTP: what it writes is what the test says. */
async function rawServer(serve: (socket: Socket, connection: number) => void): Promise<{ url: string; connections: () => number }> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    serve(socket, ++connections);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfterTest(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, connections: () => connections };
}

const post = (url: string, changes: Partial<EgressRequest> = {}): EgressRequest => ({
  method: 'POST',
  url,
  headers: ['content-type', 'application/json', 'X-Env', 'prod'],
  body: Buffer.from('{"a":1.10}'),
  timeoutMs: 5000,
  ...changes,
});

type Failure = Extract<EgressResult, { kind: 'failure' }>;
type Response = Extract<EgressResult, { kind: 'response' }>;
const failure = (result: EgressResult): Failure => (result.kind === 'failure' ? result : expect(result).toBe('a failure')) as Failure;
const response = (result: EgressResult): Response => (result.kind === 'response' ? result : expect(result).toBe('a response')) as Response;

class Answers extends AddressResolver {
  asked = 0;
  constructor(private readonly answers: (readonly string[] | 'silence')[]) {
    super();
  }
  override async resolve(): Promise<readonly string[]> {
    const answer = this.answers[Math.min(this.asked++, this.answers.length - 1)]!;
    if (answer === 'silence') return new Promise(() => undefined);
    if (answer.length === 0) throw new ResolveError('not-found', 'receiver.example has no address');
    return answer;
  }
}

describe('EgressClient', () => {
  it('sends method, path, headers in order and body as given, and asks for no compression', async () => {
    const server = await receiver((_request, answer) => answer.writeHead(201, { 'x-a': ['1', '2'] }).end('done'));
    const result = response(
      await client().send(post(server.url('/hooks?a=%20b'), { headers: ['b', '1', 'A', '2', 'Accept-Encoding', 'gzip'] })),
    );
    expect(result).toMatchObject({ status: 201, truncated: false, address: '127.0.0.1', headers: { 'x-a': ['1', '2'] } });
    expect(result.body.toString()).toBe('done');
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/hooks?a=%20b', body: Buffer.from('{"a":1.10}') });
    expect(request!.rawHeaders).toEqual([
      'host',
      `127.0.0.1:${server.port}`,
      'connection',
      'keep-alive',
      'b',
      '1',
      'A',
      '2',
      'accept-encoding',
      'identity',
      'content-length',
      '10',
    ]);
  });

  it('sends GET and DELETE without a body and without a length', async () => {
    const server = await receiver();
    for (const method of ['GET', 'DELETE']) await client().send(post(server.url(), { method, body: null, headers: [] }));
    for (const request of server.requests) {
      expect(request.body).toHaveLength(0);
      expect(request.headers['transfer-encoding']).toBeUndefined();
    }
    expect(server.requests[0]!.headers['content-length']).toBeUndefined();
  });

  it('sends a URL that grew past the limit for webhooks by the query of an event', async () => {
    const server = await receiver();
    const path = `/?event_id=${'a'.repeat(3000)}`;
    response(await client().send(post(server.url(path), { method: 'GET', body: null })));
    expect(server.requests[0]!.url).toBe(path);
  });

  it('reports every phase once on a new connection and only the answer on a kept one', async () => {
    const server = await receiver();
    const one = client({ resolver: new Answers([['127.0.0.1']]), connectionsPerOrigin: 1 });
    const url = `http://receiver.example:${server.port}/`;
    const first = response(await one.send(post(url))).timings;
    expect(first).toMatchObject({ dns: expect.any(Number), connect: expect.any(Number), tls: null, firstByte: expect.any(Number) });
    expect(first.dns! <= first.connect! && first.connect! <= first.firstByte! && first.firstByte! <= first.total).toBe(true);
    expect(response(await one.send(post(url))).timings).toMatchObject({
      dns: null,
      connect: null,
      tls: null,
      firstByte: expect.any(Number),
    });
  });

  it.each([301, 302, 303, 307, 308])('takes %i as the answer and goes nowhere else', async (status) => {
    const other = await receiver();
    const server = await receiver((_request, answer) => answer.writeHead(status, { location: other.url() }).end());
    expect(response(await client().send(post(server.url())))).toMatchObject({ status, headers: { location: other.url() } });
    expect(other.requests).toHaveLength(0);
  });

  it('keeps 16 KiB of an endless 2xx answer, ends the connection and counts it as an answer', async () => {
    let closed = false;
    const server = await receiver((_request, answer) => {
      answer.writeHead(200);
      const push = (): void => {
        if (!closed && answer.write(Buffer.alloc(8000, 'x'))) setImmediate(push);
      };
      answer.on('drain', push).on('close', () => (closed = true));
      push();
    });
    const result = response(await client().send(post(server.url())));
    expect(result).toMatchObject({ status: 200, truncated: true });
    expect(result.body).toHaveLength(16_384);
    while (!closed) await new Promise((resolve) => setImmediate(resolve));
  });

  it('keeps an answer of exactly 16 KiB whole', async () => {
    const server = await receiver((_request, answer) => answer.end(Buffer.alloc(16_384, 'x')));
    expect(response(await client().send(post(server.url())))).toMatchObject({ truncated: false, body: Buffer.alloc(16_384, 'x') });
  });

  it('hands a compressed answer on as it is', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    const server = await receiver((_request, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect(response(await client().send(post(server.url()))).body).toEqual(bomb);
  });

  it('ends a dripping body at the deadline and shows what had come', async () => {
    const server = await receiver((_request, answer) => {
      answer.writeHead(200).write('x');
      const drip = setInterval(() => answer.write('x'), 20);
      answer.on('close', () => clearInterval(drip));
    });
    const result = failure(await client().send(post(server.url(), { timeoutMs: 300 })));
    expect(result).toMatchObject({
      errorClass: 'timeout',
      message: 'the response did not end within 300 ms',
      partial: { status: 200, truncated: true },
    });
    expect(result.timings.total).toBeGreaterThanOrEqual(299);
    expect(result.timings.total).toBeLessThan(2000);
  });

  it('ends dripping headers at the deadline', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-a: ');
      const drip = setInterval(() => socket.write('a'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    expect(failure(await client().send(post(server.url, { timeoutMs: 300 })))).toMatchObject({ errorClass: 'timeout', partial: null });
  });

  it('ends a request that is never answered at the deadline and tells the receiver by closing', async () => {
    let closed = false;
    const server = await receiver((_request, answer) => void answer.on('close', () => (closed = true)));
    expect(failure(await client().send(post(server.url(), { timeoutMs: 200 })))).toMatchObject({
      errorClass: 'timeout',
      message: 'no response within 200 ms',
    });
    while (!closed) await new Promise((resolve) => setImmediate(resolve));
  });

  it.each([
    ['headers beyond 16 KiB', `HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(20_000)}\r\n\r\n`, 'protocol'],
    ['something other than HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'protocol'],
    ['a content-length and a body that is shorter', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', 'reset'],
    ['nothing', '', 'reset'],
    ['a flood of interim responses', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1000), 'protocol'],
    ['an upgrade nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', 'protocol'],
  ])('answers %s with a failure', async (_name, text, errorClass) => {
    const server = await rawServer((socket) => socket.once('data', () => socket.end(text)));
    expect(failure(await client().send(post(server.url)))).toMatchObject({ errorClass });
  });

  it('reports a refused connection as connect', async () => {
    const server = await receiver();
    const url = server.url();
    await server.close();
    expect(failure(await client().send(post(url)))).toMatchObject({ errorClass: 'connect', message: 'no connection: connection refused' });
  });

  it('never throws for a request that cannot be written', async () => {
    const server = await receiver();
    expect(failure(await client().send(post(server.url(), { headers: ['x-a', 'a\nb'] })))).toMatchObject({ errorClass: 'protocol' });
    expect(server.requests).toHaveLength(0);
  });
});

describe('EgressClient and kept connections', () => {
  it('serves one request after another on one connection', async () => {
    const server = await rawServer((socket) => socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')));
    const one = client({ connectionsPerOrigin: 1 });
    for (let i = 0; i < 5; i++) response(await one.send(post(server.url)));
    expect(server.connections()).toBe(1);
  });

  it('repeats a request once when a kept connection turns out to be closed', async () => {
    const server = await rawServer((socket, connection) => {
      let requests = 0;
      socket.on('data', () => {
        if (connection === 1 && ++requests === 2) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      });
    });
    const one = client({ connectionsPerOrigin: 1 });
    response(await one.send(post(server.url)));
    expect(response(await one.send(post(server.url))).body.toString()).toBe('ok');
    expect(server.connections()).toBe(2);
  });

  it('does not repeat on a new connection, nor once a byte of the answer has come', async () => {
    const fresh = await rawServer((socket) => socket.on('data', () => socket.destroy()));
    expect(failure(await client().send(post(fresh.url)))).toMatchObject({ errorClass: 'reset' });
    expect(fresh.connections()).toBe(1);
    let requests = 0;
    const begun = await rawServer((socket) =>
      socket.on('data', () =>
        ++requests === 2 ? socket.end('HTTP/1.1 200 OK\r\nx') : socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'),
      ),
    );
    const one = client({ connectionsPerOrigin: 1 });
    response(await one.send(post(begun.url)));
    expect(failure(await one.send(post(begun.url)))).toMatchObject({ errorClass: 'reset' });
    expect(begun.connections()).toBe(1);
  });

  it('gives an origin no more connections than allowed, and withdraws a waiting request at its deadline without harming the others', async () => {
    const waiting: (() => void)[] = [];
    const server = await receiver((_request, answer) => void waiting.push(() => answer.end('late')));
    const one = client({ connectionsPerOrigin: 1 });
    const first = one.send(post(server.url()));
    expect(failure(await one.send(post(server.url('/second'), { timeoutMs: 100 })))).toMatchObject({
      errorClass: 'timeout',
      message: 'no connection became free within 100 ms',
    });
    waiting.forEach((answer) => answer());
    expect(response(await first).body.toString()).toBe('late');
    const third = one.send(post(server.url('/third')));
    while (waiting.length < 2) await new Promise((resolve) => setImmediate(resolve));
    waiting[1]!();
    response(await third);
    expect(server.requests.map((request) => request.url)).toEqual(['/', '/third']);
  });

  it('keeps connections to a bounded number of origins', async () => {
    const servers = await Promise.all([receiver(), receiver(), receiver()]);
    const one = client({ maxOrigins: 2 });
    for (const server of servers) response(await one.send(post(server.url())));
    expect((one as unknown as { pools: Map<string, unknown> }).pools.size).toBe(2);
    for (const server of servers) response(await one.send(post(server.url())));
  });
});

describe('EgressClient as a guard', () => {
  const forbidden = (): Promise<WebhookReceiver> => receiver();
  let reached: WebhookReceiver | undefined;
  afterEach(() => expect(reached?.requests ?? []).toHaveLength(0));

  it.each(['127.0.0.1', '127.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost'])(
    'opens no connection to %s when nothing is allowed',
    async (host) => {
      let connections = 0;
      const server = await rawServer(() => connections++);
      const url = server.url.replace('127.0.0.1', host);
      expect(failure(await client({ policy: parseEgressPolicy('', false) }).send(post(url)))).toMatchObject({
        errorClass: 'policy',
        address: null,
      });
      expect(connections).toBe(0);
    },
  );

  it('does not tell what a refused name leads to', async () => {
    reached = await forbidden();
    const one = client({ policy: parseEgressPolicy('', false), resolver: new Answers([['127.0.0.1']]) });
    const result = failure(await one.send(post(`http://receiver.example:${reached.port}/`)));
    expect(result).toMatchObject({ errorClass: 'policy', message: 'the host leads to an address that webhooks may not reach' });
    expect(JSON.stringify(result)).not.toContain('127.0.0.1');
  });

  it('refuses a name when one of its addresses is refused', async () => {
    reached = await forbidden();
    const one = client({ policy: local, resolver: new Answers([['127.0.0.1', '10.0.0.5']]) });
    expect(failure(await one.send(post(`http://receiver.example:${reached.port}/`)))).toMatchObject({ errorClass: 'policy' });
  });

  it('looks a name up once per connection and connects to that answer, so that a change in between leads nowhere', async () => {
    const server = await receiver((_request, answer) => answer.setHeader('connection', 'close').end());
    const names = new Answers([['127.0.0.1'], ['10.0.0.5']]);
    const one = client({ resolver: names });
    const url = `http://receiver.example:${server.port}/`;
    expect(response(await one.send(post(url))).address).toBe('127.0.0.1');
    expect(names.asked).toBe(1);
    expect(failure(await one.send(post(url)))).toMatchObject({ errorClass: 'policy' });
    expect(server.requests).toHaveLength(1);
  });

  it('classes what goes wrong with names and handshakes by phase', async () => {
    const missing = client({ resolver: new Answers([[]]) });
    expect(failure(await missing.send(post('http://receiver.example/')))).toMatchObject({
      errorClass: 'dns',
      message: 'receiver.example has no address',
    });
    const silent = client({ resolver: new Answers(['silence']), connectTimeoutMs: 100 });
    expect(failure(await silent.send(post('http://receiver.example/')))).toMatchObject({ errorClass: 'dns' });
    expect(failure(await silent.send(post('http://receiver.example/', { timeoutMs: 50 })))).toMatchObject({ errorClass: 'dns' });
    const stalled = await rawServer(() => undefined);
    const secure = stalled.url.replace('http:', 'https:');
    expect(failure(await client({ connectTimeoutMs: 100 }).send(post(secure)))).toMatchObject({ errorClass: 'tls' });
    const plain = await receiver();
    expect(failure(await client().send(post(plain.url().replace('http:', 'https:'))))).toMatchObject({ errorClass: 'tls' });
  });
});
