import { describe, expect, it } from '@jest/globals';
import { closesResources, eventually } from '#libs/testing';
import { client, failure, post, receiver, response } from './testing-support/clients.js';
import { rawServer } from './testing-support/raw-server.js';

closesResources();

const COUNT = 1000;
/** Time for a thousand connections on a machine with much else to do; what ended at no deadline would take for ever. */
const TIMEOUT_MS = 10_000;
/** Often enough that nothing looks idle; oftener, a thousand of them would keep this process from connecting in time. */
const DRIP_MS = 500;
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const handles = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

describe('a thousand requests at once that', () => {
  it.each<[string, string, string, number]>([
    ['hang', '', '', 0],
    ['drip headers', 'HTTP/1.1 200 OK\r\nx-a: ', 'a', DRIP_MS],
    ['drip bodies in pieces of a byte', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\nx\r\n'.repeat(100), DRIP_MS],
  ])('%s: all end by the deadline in bounded memory, others go on, and nothing stays open', async (_name, head, piece, everyMs) => {
    const bad = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write(head);
        if (everyMs === 0) return;
        const drip = setInterval(() => socket.write(piece), everyMs);
        socket.on('close', () => clearInterval(drip));
      });
    });
    const good = await receiver();
    const one = client();
    response(await one.send(post(good.url())));
    const before = { timers: timers(), memory: process.memoryUsage().rss };
    const hanging = Array.from({ length: COUNT }, () => one.send(post(bad.url, { timeoutMs: TIMEOUT_MS })));
    await eventually(() => bad.connections() === COUNT);
    for (const answered of await Promise.all(Array.from({ length: 20 }, () => one.send(post(good.url()))))) response(answered);
    // That was while all of them were under way.
    expect(bad.open()).toBe(COUNT);
    const results = await Promise.all(hanging);
    for (const result of results) {
      expect(result.timings.total).toBeLessThan(1.5 * TIMEOUT_MS);
      if (result.kind === 'failure') expect(failure(result).errorClass).toBe('timeout');
      else expect(result.truncated).toBe(true);
    }
    expect(process.memoryUsage().rss - before.memory).toBeLessThan(200 * 2 ** 20);
    await one.close();
    await good.close();
    await eventually(() => bad.open() === 0);
    await eventually(() => timers() <= before.timers && handles() === 0);
  });
});
