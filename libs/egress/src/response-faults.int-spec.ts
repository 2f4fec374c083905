import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { closesResources, eventually } from '#libs/testing';
import { client, failure, post, receiver, response } from './testing-support/clients.js';
import { rawServer, type RawServer } from './testing-support/raw-server.js';

closesResources();

const LIMIT = 16_384;

/** Answers each request with a text. */
const says = (text: string | Buffer, end = false): Promise<RawServer> =>
  rawServer((socket) => socket.on('data', () => (end ? socket.end(text) : socket.write(text))));

/** Writes without a pause for as long as the other side reads. */
function flood(socket: Socket, head: string, piece: string): void {
  const block = piece.repeat(Math.ceil(65_536 / piece.length));
  const push = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.once('data', () => {
    socket.write(head);
    socket.on('drain', push);
    push();
  });
}

describe('an answer without an end', () => {
  it.each([
    ['a body until the connection closes', 'HTTP/1.1 200 OK\r\n\r\n', 'x'],
    ['a body of 10 GB by its content-length', 'HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n', 'x'],
    ['chunks of one byte', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
  ])('is kept to 16 KiB, counts as the answer and is cut off: %s', async (_name, head, piece) => {
    const server = await rawServer((socket) => flood(socket, head, piece));
    const result = response(await client().send(post(server.url)));
    expect(result).toMatchObject({ status: 200, truncated: true, body: Buffer.alloc(LIMIT, 'x') });
    await eventually(() => server.open() === 0);
  });

  it.each([
    ['a status line', 'HTTP/1.1 200 ', 'O'],
    ['white space before a header', 'HTTP/1.1 200 OK\r\nx-a:', ' '],
    ['the name of a header', 'HTTP/1.1 200 OK\r\n', 'a'],
    ['the value of a header', 'HTTP/1.1 200 OK\r\nx-a: ', 'a'],
    ['headers with short names', 'HTTP/1.1 200 OK\r\n', 'a:\r\n'],
    ['empty lines before the answer', '', '\r\n'],
    ['interim answers', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
    ['interim answers with headers', '', `HTTP/1.1 102 Processing\r\nx-a: ${'a'.repeat(10_000)}\r\n\r\n`],
  ])('is cut off long before the deadline and is no answer: %s', async (_name, head, piece) => {
    const server = await rawServer((socket) => flood(socket, head, piece));
    const result = failure(await client().send(post(server.url)));
    expect(result).toMatchObject({ errorClass: 'protocol', partial: null });
    await eventually(() => server.open() === 0);
  });

  it.each([
    ['the extension of a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n5;', 'x'],
    ['trailers', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n', 'x-a: b\r\n'],
  ])('counts once its status and headers are there, whatever it never ends with: %s', async (_name, head, piece) => {
    const server = await rawServer((socket) => flood(socket, head, piece));
    const result = response(await client().send(post(server.url)));
    expect(result).toMatchObject({ status: 200, truncated: true, body: Buffer.from('abcde') });
  });
});

// Each far below the limit for bytes over the wire, which would otherwise end it as well.
describe('the first byte too many', () => {
  it('of a body ends the answer as a success, though the receiver then falls silent', async () => {
    const server = await says(`HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n${'x'.repeat(LIMIT + 1)}`);
    const result = response(await client().send(post(server.url, { timeoutMs: 2000 })));
    expect(result).toMatchObject({ status: 200, truncated: true, body: Buffer.alloc(LIMIT, 'x') });
    await eventually(() => server.open() === 0);
  });

  it.each([
    [16, 'timeout', 300],
    [17, 'protocol', 10_000],
  ])('of interim answers is the 17th: %i of them are a failure of class %s', async (count, errorClass, timeoutMs) => {
    const server = await says('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(count));
    expect(failure(await client().send(post(server.url, { timeoutMs }))).errorClass).toBe(errorClass);
  });
});

describe('an answer that drips', () => {
  const drip = (head: string, piece: string, everyMs = 5): Promise<RawServer> =>
    rawServer((socket) => {
      socket.once('data', () => {
        socket.write(head);
        const timer = setInterval(() => socket.write(piece), everyMs);
        socket.on('close', () => clearInterval(timer));
      });
    });

  it.each([
    ['its status line', 'HTTP/1.1 2', '0'],
    ['its headers', 'HTTP/1.1 200 OK\r\nx-a: ', 'a'],
    ['interim answers', '', 'HTTP/1.1 100'],
    ['its body', 'HTTP/1.1 200 OK\r\n\r\n', 'x'],
    ['its chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
    ['its trailers', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n', 'a'],
  ])('ends at the deadline: %s', async (_name, head, piece) => {
    const server = await drip(head, piece);
    const result = failure(await client().send(post(server.url, { timeoutMs: 250 })));
    if (result.errorClass !== 'protocol') expect(result).toMatchObject({ errorClass: 'timeout' });
    await eventually(() => server.open() === 0);
  });

  it('shows what had come', async () => {
    const server = await drip('HTTP/1.1 200 OK\r\nx-a: b\r\n\r\n', 'x');
    const result = failure(await client().send(post(server.url, { timeoutMs: 250 })));
    expect(result).toMatchObject({ message: 'the response did not end within 250 ms', partial: { status: 200, truncated: true } });
    expect(result.partial!.body.toString()).toMatch(/^x+$/);
  });
});

describe('the lengths of an answer', () => {
  it('keeps an answer of exactly 16 KiB whole', async () => {
    const server = await receiver((_request, answer) => answer.end(Buffer.alloc(LIMIT, 'x')));
    expect(response(await client().send(post(server.url())))).toMatchObject({ truncated: false, body: Buffer.alloc(LIMIT, 'x') });
  });

  it('hands a compressed answer on as it is', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    expect(bomb.length).toBeLessThan(LIMIT);
    const server = await receiver((_request, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect(response(await client().send(post(server.url()))).body).toEqual(bomb);
  });

  it('fails an answer that is shorter than its content-length says', async () => {
    const server = await says('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', true);
    expect(failure(await client().send(post(server.url)))).toMatchObject({ errorClass: 'reset', partial: { status: 200 } });
  });

  it('ends an answer where its content-length says and trusts the connection no further', async () => {
    const server = await says('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcdef');
    const one = client({ connectionsPerOrigin: 1 });
    for (let i = 1; i <= 3; i++) {
      expect(response(await one.send(post(server.url))).body.toString()).toBe('abc');
      expect(server.connections()).toBe(i);
    }
  });

  it.each([
    ['two lengths', 'content-length: 5\r\ncontent-length: 6\r\n\r\nabcdef'],
    ['a length that is no number', 'content-length: 5x\r\n\r\nabcde'],
    ['a length below zero', 'content-length: -1\r\n\r\nabcde'],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n'],
    ['a chunk of no length', 'transfer-encoding: chunked\r\n\r\nzz\r\nabcde\r\n0\r\n\r\n'],
    ['a chunk without its end', 'transfer-encoding: chunked\r\n\r\n3\r\nabcde\r\n0\r\n\r\n'],
  ])('takes %s as not HTTP', async (_name, rest) => {
    const server = await says(`HTTP/1.1 200 OK\r\n${rest}`);
    expect(failure(await client().send(post(server.url)))).toMatchObject({ errorClass: 'protocol' });
  });
});
