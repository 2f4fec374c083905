import { once } from 'node:events';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { closesResources, eventually } from '#libs/testing';
import type { EgressOptions } from './egress-client.js';
import { TestAuthority, selfSigned, type Certificate } from './testing-support/certificates.js';
import { Answers, client, failure, post, response } from './testing-support/clients.js';
import { rawServer, rawTlsServer, type RawServer } from './testing-support/raw-server.js';

closesResources();

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
let authority: TestAuthority;
let good: Certificate;
let requests = 0;

beforeAll(async () => {
  authority = await TestAuthority.create();
  good = await authority.issue({ hosts: ['receiver.example', '127.0.0.1'] });
});
afterEach(() => {
  requests = 0;
});

const secure = (options: tls.TlsOptions, reply = OK): Promise<RawServer> =>
  rawTlsServer(options, (socket) =>
    socket.on('data', () => {
      requests += 1;
      socket.write(reply);
    }),
  );
const named = (server: RawServer, name = 'receiver.example'): string => `https://${name}:${server.port}/`;
const trusting = (options: Partial<EgressOptions> = {}) => client({ ca: authority.ca, resolver: new Answers([['127.0.0.1']]), ...options });

/** Of the process: what Jest shows its tests as `process.env` is a copy, of which Node knows nothing. */
async function setEnvironment(name: string, value: string | undefined): Promise<void> {
  const change = value === undefined ? `delete process.env.${name}` : `process.env.${name} = ${JSON.stringify(value)}`;
  await once(new Worker(change, { eval: true, env: SHARE_ENV }), 'exit');
}

describe('TLS', () => {
  it('takes a certificate of a trusted authority, by name and by address, and reports the handshake', async () => {
    const server = await secure(good);
    for (const url of [named(server), server.url]) {
      const result = response(await trusting().send(post(url)));
      expect(result).toMatchObject({ status: 200, address: '127.0.0.1', timings: { tls: expect.any(Number) } });
      expect(result.timings.connect! <= result.timings.tls! && result.timings.tls! <= result.timings.firstByte!).toBe(true);
    }
  });

  it('names the host in the handshake, and none when it is an address', async () => {
    const names: (string | undefined)[] = [];
    const server = await secure({
      ...good,
      SNICallback: (name, done) => (names.push(name), done(null)),
    });
    response(await trusting().send(post(named(server))));
    response(await trusting().send(post(server.url)));
    expect(names).toEqual(['receiver.example']);
  });

  it('verifies again on each connection, resumed ones included', async () => {
    const server = await secure(good, OK.replace('\r\n', '\r\nconnection: close\r\n'));
    const one = trusting();
    for (let i = 0; i < 3; i++) response(await one.send(post(named(server))));
    expect(failure(await one.send(post(named(server, 'other.example'))))).toMatchObject({ errorClass: 'tls' });
    expect(requests).toBe(3);
  });
});

describe('TLS that is not in order is a failure of class tls and nothing is sent', () => {
  it.each<[string, () => Promise<Certificate>, string]>([
    [
      'an expired certificate',
      () => authority.issue({ hosts: ['receiver.example'], expired: true }),
      `the certificate expired on ${YESTERDAY}`,
    ],
    ['one that is not valid yet', () => authority.issue({ hosts: ['receiver.example'], notYet: true }), 'the certificate is not valid yet'],
    ['one for another host', () => authority.issue({ hosts: ['other.example'] }), 'the certificate is for another host'],
    ['one that vouches for itself', () => selfSigned({ hosts: ['receiver.example'] }), 'the certificate is self-signed'],
    [
      'one of an unknown authority',
      async () => (await TestAuthority.create()).issue({ hosts: ['receiver.example'] }),
      'the certificate cannot be verified',
    ],
  ])('%s', async (_name, issue, words) => {
    const server = await secure(await issue());
    const result = failure(await trusting().send(post(named(server))));
    expect(result).toMatchObject({ errorClass: 'tls', message: `TLS handshake failed: ${words}`, address: '127.0.0.1' });
    expect(requests).toBe(0);
    await eventually(() => server.open() === 0);
  });

  it('a certificate for the name when the URL has the address', async () => {
    const server = await secure(await authority.issue({ hosts: ['receiver.example'] }));
    expect(failure(await trusting().send(post(server.url)))).toMatchObject({ errorClass: 'tls' });
    expect(requests).toBe(0);
  });

  it('even where the process was told to accept everything', async () => {
    const server = await secure(await selfSigned({ hosts: ['receiver.example'] }));
    await setEnvironment('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    try {
      expect(failure(await trusting().send(post(named(server))))).toMatchObject({ errorClass: 'tls' });
    } finally {
      await setEnvironment('NODE_TLS_REJECT_UNAUTHORIZED', undefined);
    }
    expect(requests).toBe(0);
  });

  it('TLS 1.1, even where the process would take it', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
    const server = await secure({ ...good, ...old });
    const [version, ciphers] = [tls.DEFAULT_MIN_VERSION, tls.DEFAULT_CIPHERS];
    try {
      tls.DEFAULT_MIN_VERSION = 'TLSv1';
      tls.DEFAULT_CIPHERS = 'DEFAULT:@SECLEVEL=0';
      expect(failure(await trusting().send(post(named(server))))).toMatchObject({ errorClass: 'tls' });
    } finally {
      tls.DEFAULT_MIN_VERSION = version;
      tls.DEFAULT_CIPHERS = ciphers;
    }
    expect(requests).toBe(0);
  });

  it('a handshake that stalls, at the limit for connecting and at the deadline', async () => {
    const server = await rawServer((socket) => socket.resume());
    const url = named(server);
    expect(failure(await trusting({ connectTimeoutMs: 100 }).send(post(url)))).toMatchObject({
      errorClass: 'tls',
      message: 'the TLS handshake was not finished within 100 ms',
    });
    expect(failure(await trusting().send(post(url, { timeoutMs: 100 })))).toMatchObject({ errorClass: 'tls' });
    await eventually(() => server.open() === 0);
  });

  it('a handshake that drips', async () => {
    const server = await rawServer((socket) => {
      const timer = setInterval(() => socket.write(Buffer.from([0x16])), 10);
      socket.resume().on('close', () => clearInterval(timer));
    });
    expect(failure(await trusting({ connectTimeoutMs: 200 }).send(post(named(server))))).toMatchObject({ errorClass: 'tls' });
    await eventually(() => server.open() === 0);
  });

  it.each<[string, (socket: Socket) => unknown]>([
    ['HTTP without TLS', (socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))],
    ['garbage', (socket) => socket.write('garbage '.repeat(100))],
    ['a close', (socket) => socket.on('data', () => socket.end())],
    ['a reset', (socket) => socket.on('data', () => socket.resetAndDestroy())],
    ['an alert', (socket) => socket.on('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 40])))],
  ])('%s instead of a handshake', async (_name, serve) => {
    const server = await rawServer(serve);
    expect(failure(await trusting().send(post(named(server))))).toMatchObject({ errorClass: 'tls', partial: null });
    expect(server.connections()).toBe(1); // never again without TLS, nor with less of it
  });

  it('bounds an answer behind TLS as one without', async () => {
    const server = await secure(good, `HTTP/1.1 200 ${'O'.repeat(1_000_000)}`);
    const result = failure(await trusting().send(post(named(server))));
    expect(result).toMatchObject({ errorClass: 'protocol', message: 'the response is too long' });
  });
});
