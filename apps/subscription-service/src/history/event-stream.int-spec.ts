import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { closeAfterTest, closesResources, eventually } from '#libs/testing';
import { EventStream } from './event-stream.js';

closesResources();

const MOST_BYTES = 65_536;
const DATA = 'x'.repeat(1_000);

/** A stream over a real socket, and its client, which reads nothing before it is told to. */
async function opened(): Promise<{ stream: EventStream; response: ServerResponse; answer: IncomingMessage; told: () => string[] }> {
  const server = createServer();
  const response = new Promise<ServerResponse>((resolve) => server.once('request', (_, one) => resolve(one)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: '127.0.0.1' });
  const answered = new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
  sent.end();
  const raw = await response;
  raw.writeHead(200, { 'content-type': 'text/event-stream' });
  const stream = new EventStream(raw, { event: 'gap', data: '{}' }, { mostBufferedBytes: MOST_BYTES });
  const answer = await answered;
  closeAfterTest(() => {
    sent.destroy();
    stream.end();
    server.closeAllConnections();
    server.close();
  });
  let text = '';
  answer.setEncoding('utf8').pause();
  answer.on('readable', () => undefined);
  const told = (): string[] => {
    for (let chunk = answer.read() as string | null; chunk !== null; chunk = answer.read() as string | null) text += chunk;
    return [...text.matchAll(/^(?:id: (\d+)\n)?event: (\w+)$/gm)].map(([, id, event]) => id ?? event!);
  };
  return { stream, response: raw, answer, told };
}

describe('a stream to a client that reads slowly', () => {
  it('holds no more than its bound, tells it of the gap, and goes on after it', async () => {
    const { stream, response, told } = await opened();
    const count = 50_000;
    let most = 0;
    for (let i = 0; i < count; i++) {
      stream.send({ event: 'attempt', id: String(i), data: DATA });
      most = Math.max(most, response.writableLength);
      if (i % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(most).toBeLessThan(2 * MOST_BYTES);
    // It reads again, and what is sent by then comes.
    let next = count;
    await eventually(() => {
      stream.send({ event: 'attempt', id: String(next++), data: DATA });
      return Number(told().at(-1)) >= count;
    });
    const all = told();
    expect(all.length).toBeLessThan(count);
    // Nothing is missing between two that were told one after the other, unless a gap was told between them.
    const silent = all.filter((id, i) => i > 0 && id !== 'gap' && all[i - 1] !== 'gap' && Number(id) !== Number(all[i - 1]) + 1);
    expect([silent, all[0], all.includes('gap')]).toEqual([[], '0', true]);
  });

  it('is written to no more once the client is gone', async () => {
    const { stream, response, answer } = await opened();
    answer.destroy();
    await eventually(() => response.destroyed);
    for (let i = 0; i < 1_000; i++) stream.send({ event: 'attempt', id: String(i), data: DATA });
    expect(response.writableLength).toBe(0);
  });
});
