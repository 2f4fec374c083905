import { describe, expect, it } from '@jest/globals';
import { closesResources, eventually } from '#libs/testing';
import { Answers, client, failure, post, receiver, response } from './testing-support/clients.js';
import { rawServer } from './testing-support/raw-server.js';

closesResources();

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

  it('ends a request that is never answered at the deadline and tells the receiver by closing', async () => {
    const server = await rawServer((socket) => socket.resume());
    expect(failure(await client().send(post(server.url, { timeoutMs: 200 })))).toMatchObject({
      errorClass: 'timeout',
      message: 'no response within 200 ms',
      partial: null,
    });
    await eventually(() => server.open() === 0);
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
