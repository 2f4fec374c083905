import type { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { closesResources, eventually } from '#libs/testing';
import { client, failure, post, response } from './testing-support/clients.js';
import { rawServer } from './testing-support/raw-server.js';

closesResources();

const ok = (body: string): string => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const body = (result: Parameters<typeof response>[0]): string => response(result).body.toString();

describe('what comes after an answer', () => {
  it.each([
    ['a second answer', ok('forged')],
    ['half of one', 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nfor'],
    ['garbage', 'garbage\r\n\r\n'],
    ['an interim answer', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ])('is not read as the answer to a request that waits its turn, nor to a later one: %s', async (_name, extra) => {
    const server = await rawServer((socket) => {
      let requests = 0;
      socket.on('data', () => socket.write(++requests === 1 ? ok('true') + extra : ok('true')));
    });
    const one = client({ connectionsPerOrigin: 1 });
    const together = await Promise.all([1, 2, 3].map(() => one.send(post(server.url))));
    for (const result of together) expect(body(result)).toBe('true');
    expect(body(await one.send(post(server.url)))).toBe('true');
    expect(server.connections()).toBeGreaterThan(1);
  });

  it('ends the connection when it comes while nothing is asked', async () => {
    const server = await rawServer((socket) =>
      socket.on('data', () => {
        socket.write(ok('true'));
        setTimeout(() => socket.write(ok('forged')), 20);
      }),
    );
    const one = client({ connectionsPerOrigin: 1 });
    expect(body(await one.send(post(server.url)))).toBe('true');
    await eventually(() => server.open() === 0);
    expect(body(await one.send(post(server.url)))).toBe('true');
  });

  it.each([204, 304])('does not count the body of a %i, which has none, as the next answer', async (status) => {
    const server = await rawServer((socket) =>
      socket.on('data', () => socket.write(`HTTP/1.1 ${status} X\r\ncontent-length: ${ok('forged').length}\r\n\r\n${ok('forged')}`)),
    );
    const one = client({ connectionsPerOrigin: 1 });
    const results = await Promise.all([1, 2].map(() => one.send(post(server.url))));
    for (const result of results) expect(response(result)).toMatchObject({ status, body: Buffer.alloc(0) });
  });

  it('never reads what came for one connection on another', async () => {
    const server = await rawServer((socket, connection) => socket.on('data', () => socket.write(ok(String(connection)) + 'x'.repeat(10))));
    const one = client({ connectionsPerOrigin: 4 });
    const results = await Promise.all(Array.from({ length: 40 }, () => one.send(post(server.url))));
    const seen = results.map(body);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('a connection that the receiver ends', () => {
  it.each([
    ['as soon as it stands', (_phase: string) => true, ''],
    ['once it is asked', (phase: string) => phase === 'asked', ''],
    ['within the status line', (phase: string) => phase === 'asked', 'HTTP/1.1 2'],
    ['within the headers', (phase: string) => phase === 'asked', 'HTTP/1.1 200 OK\r\nx-a: b'],
    ['after the headers', (phase: string) => phase === 'asked', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n'],
    ['within the body', (phase: string) => phase === 'asked', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\na'],
    ['within a chunk', (phase: string) => phase === 'asked', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab'],
    ['before the last chunk', (phase: string) => phase === 'asked', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n'],
  ])('is a failure, by reset and by close: %s', async (_name, when, said) => {
    for (const end of ['resetAndDestroy', 'end'] as const) {
      const server = await rawServer((socket) => {
        if (when('connected')) socket[end]();
        else
          socket.on('data', () =>
            socket.write(said, () => (end === 'end' ? socket.end() : setTimeout(() => socket.resetAndDestroy(), 10))),
          );
      });
      const result = failure(await client().send(post(server.url)));
      expect(['reset', 'protocol', ...(when('connected') ? ['connect'] : [])]).toContain(result.errorClass);
      if (said.includes('\r\n\r\n')) expect(result.partial).toMatchObject({ status: 200, truncated: true });
      expect(server.connections()).toBeLessThanOrEqual(3);
    }
  });

  it('between two requests costs no failure', async () => {
    const server = await rawServer((socket) => socket.on('data', () => socket.write(ok('true'), () => setTimeout(() => socket.end(), 5))));
    const one = client({ connectionsPerOrigin: 1 });
    for (let i = 1; i <= 5; i++) {
      expect(body(await one.send(post(server.url)))).toBe('true');
      await eventually(() => server.open() === 0, { intervalMs: 2 });
    }
    expect(server.connections()).toBe(5);
  });

  it('is not used again after `connection: close`, nor after HTTP/1.0', async () => {
    for (const head of ['HTTP/1.1 200 OK\r\nconnection: close', 'HTTP/1.0 200 OK']) {
      const server = await rawServer((socket) => socket.on('data', () => socket.write(`${head}\r\ncontent-length: 0\r\n\r\n`)));
      const one = client({ connectionsPerOrigin: 1 });
      for (let i = 1; i <= 3; i++) {
        response(await one.send(post(server.url)));
        expect(server.connections()).toBe(i);
      }
    }
  });
});

describe('a receiver that does not read', () => {
  it('ends at the deadline though the request is larger than every buffer', async () => {
    const sockets: Socket[] = [];
    const server = await rawServer((socket) => void sockets.push(socket.pause()));
    const result = failure(await client().send(post(server.url, { timeoutMs: 300, body: Buffer.alloc(20_000_000) })));
    // Nothing else can have ended it: the receiver reads only now.
    expect(result).toMatchObject({ errorClass: 'timeout' });
    for (const socket of sockets) socket.resume();
    await eventually(() => server.open() === 0);
  });
});
