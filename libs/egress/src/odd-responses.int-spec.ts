import { describe, expect, it } from '@jest/globals';
import { closesResources, eventually } from '#libs/testing';
import { client, failure, post, receiver, response } from './testing-support/clients.js';
import { rawServer, type RawServer } from './testing-support/raw-server.js';

closesResources();

const says = (text: string, end = false): Promise<RawServer> =>
  rawServer((socket) => socket.on('data', () => (end ? socket.end(text) : socket.write(text))));

describe('a redirect', () => {
  it.each([300, 301, 302, 303, 304, 305, 307, 308])('is the answer and leads nowhere: %i', async (status) => {
    const other = await receiver();
    const server = await receiver((_request, answer) =>
      answer.writeHead(status, { location: other.url(), refresh: `0; ${other.url()}` }).end(),
    );
    expect(response(await client().send(post(server.url())))).toMatchObject({ status, headers: { location: other.url() } });
    expect([other.requests.length, server.requests.length]).toEqual([0, 1]);
  });
});

describe('an unusual answer that is HTTP', () => {
  it.each([
    ['HTTP/1.0 with its end at the close', 'HTTP/1.0 200 OK\r\n\r\nabc', { status: 200, body: Buffer.from('abc'), truncated: false }],
    ['HTTP/1.0 with a length', 'HTTP/1.0 200 OK\r\ncontent-length: 3\r\n\r\nabc', { status: 200, body: Buffer.from('abc') }],
    ['no reason', 'HTTP/1.1 204\r\n\r\n', { status: 204 }],
    ['status 999', 'HTTP/1.1 999 Blocked\r\ncontent-length: 0\r\n\r\n', { status: 999 }],
    [
      'a few interim answers',
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
      { status: 200 },
    ],
    [
      'chunks with trailers',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-a\r\n\r\n3;a=b\r\nabc\r\n0\r\nx-a: 1\r\nwebhook-id: 2\r\n\r\n',
      { status: 200, body: Buffer.from('abc'), headers: { 'transfer-encoding': 'chunked', trailer: 'x-a' } },
    ],
    ['a header named __proto__', 'HTTP/1.1 200 OK\r\n__proto__: x\r\nconstructor: y\r\ncontent-length: 0\r\n\r\n', { status: 200 }],
  ])('is taken as it is: %s', async (_name, text, expected) => {
    const server = await says(text, text.startsWith('HTTP/1.0'));
    expect(response(await client().send(post(server.url)))).toMatchObject(expected);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('keeps bytes of headers that are no ASCII from breaking anything', async () => {
    const server = await rawServer((socket) =>
      socket.on('data', () => socket.write(Buffer.from('HTTP/1.1 200 OK\r\nx-a: \xe9\xff\r\ncontent-length: 0\r\n\r\n', 'latin1'))),
    );
    expect(response(await client().send(post(server.url))).headers['x-a']).toBe('\xe9\xff');
  });
});

describe('something else than an answer', () => {
  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a mail server', '220 mail.example ESMTP\r\n'],
    ['TLS where HTTP was expected', '\u0015\u0003\u0003\u0000\u0002\u0002\u0046'],
    ['HTTP/2', '\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000'],
    ['null bytes', '\u0000'.repeat(1000)],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['a status of one digit', 'HTTP/1.1 2 OK\r\n\r\n'],
    ['a version of its own', 'HTTP/9.9 200 OK\r\n\r\n'],
    ['a header with a null byte', 'HTTP/1.1 200 OK\r\nx-a: a\u0000b\r\n\r\n'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nabc\r\n\r\n'],
    ['a space before a colon', 'HTTP/1.1 200 OK\r\ncontent-length : 3\r\n\r\nabc'],
    ['a request', 'GET / HTTP/1.1\r\nhost: example.com\r\n\r\n'],
    ['an upgrade nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
    ['headers beyond 16 KiB', `HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['more headers than anybody needs', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(1000)}content-length: 0\r\n\r\n`],
  ])('fails as protocol: %s', async (_name, text) => {
    const server = await says(text);
    const result = failure(await client().send(post(server.url)));
    expect(result.errorClass).toBe('protocol');
    await eventually(() => server.open() === 0);
  });

  it.each([
    ['an answer', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'],
    ['a greeting', '220 mail.example ESMTP\r\n'],
  ])('is not asked again and again when it speaks before it is asked: %s', async (_name, text) => {
    const server = await rawServer((socket) => socket.write(text));
    const one = client({ connectionsPerOrigin: 1 });
    for (let i = 0; i < 20; i++) await one.send(post(server.url, { timeoutMs: 1000 }));
    expect(server.connections()).toBeLessThanOrEqual(60);
  });
});
