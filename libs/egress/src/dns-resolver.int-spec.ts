import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { closeAfterTest, closesResources } from '#libs/testing';
import { DnsResolver } from './dns-resolver.js';

closesResources();

type Zone = Record<string, { a?: string[]; ttl?: number; rcode?: number } | 'silent'>;

/** A name server of a few names: answers A questions from the zone, AAAA ones with nothing, others with NXDOMAIN. */
async function nameServer(zone: Zone): Promise<{ address: string; questions: string[] }> {
  const questions: string[] = [];
  const socket: Socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, end } = readName(query);
    const type = query.readUInt16BE(end);
    questions.push(`${name}/${type === 1 ? 'A' : 'AAAA'}`);
    const entry = zone[name] ?? { rcode: 3 };
    if (entry === 'silent') return;
    const answers = type === 1 ? (entry.a ?? []) : [];
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(0x8180 | (entry.rcode ?? 0), 2);
    for (const [offset, count] of [
      [4, 1],
      [6, answers.length],
      [8, 0],
      [10, 0],
    ] as const)
      head.writeUInt16BE(count, offset);
    const records = answers.map((address) => {
      const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]);
      record.writeUInt32BE(entry.ttl ?? 60, 6);
      return record;
    });
    socket.send(Buffer.concat([head, query.subarray(12, end + 4), ...records]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closeAfterTest(() => socket.close());
  return { address: `127.0.0.1:${socket.address().port}`, questions };
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
    at += 1 + query[at]!;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

describe('DnsResolver', () => {
  it('brings every address of a name, asks once for all who ask at once, and keeps the answer', async () => {
    const server = await nameServer({ 'two.example': { a: ['93.184.216.34', '10.0.0.5'] } });
    const resolver = new DnsResolver([server.address]);
    const answers = await Promise.all([1, 2, 3].map(() => resolver.resolve('two.example')));
    for (const answer of answers) expect([...answer].sort()).toEqual(['10.0.0.5', '93.184.216.34']);
    await resolver.resolve('two.example');
    expect(server.questions.sort()).toEqual(['two.example/A', 'two.example/AAAA']);
  });

  it('keeps an answer for one second at least, so that a name of no time to live is not asked for each request', async () => {
    const server = await nameServer({ 'rebinding.example': { a: ['93.184.216.34'], ttl: 0 } });
    const resolver = new DnsResolver([server.address]);
    for (let i = 0; i < 10; i++) await resolver.resolve('rebinding.example');
    expect(server.questions).toHaveLength(2);
  });

  it('tells a name that does not exist from a server that fails', async () => {
    const server = await nameServer({ 'broken.example': { rcode: 2 }, 'empty.example': {} });
    const resolver = new DnsResolver([server.address]);
    await expect(resolver.resolve('missing.example')).rejects.toMatchObject({ reason: 'not-found' });
    await expect(resolver.resolve('empty.example')).rejects.toMatchObject({ reason: 'not-found' });
    await expect(resolver.resolve('broken.example')).rejects.toMatchObject({ reason: 'unavailable' });
  });

  it('answers for other names while the server of one is silent', async () => {
    const server = await nameServer({ 'silent.example': 'silent', 'quick.example': { a: ['93.184.216.34'] } });
    const resolver = new DnsResolver([server.address]);
    let answered = false;
    const silent = resolver.resolve('silent.example').catch((error: unknown) => ((answered = true), error));
    expect(await resolver.resolve('quick.example')).toEqual(['93.184.216.34']);
    expect(answered).toBe(false);
    expect(await silent).toMatchObject({ reason: 'unavailable' });
  });

  it('asks no server for localhost', async () => {
    const server = await nameServer({});
    expect(await new DnsResolver([server.address]).resolve('localhost')).toEqual(['127.0.0.1', '::1']);
    expect(server.questions).toEqual([]);
  });
});
