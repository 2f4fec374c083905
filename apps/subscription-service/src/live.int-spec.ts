import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeAfterTest, closesResources, eventually } from '#libs/testing';
import { HistoryScene } from './history-scene.int-fixture.js';
import { aDeliveryHistory } from './projector/testing-support/a-history.js';

closesResources();

interface Stream {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly events: { id?: string; event?: string; data?: string }[];
  readonly ended: Promise<void>;
  close(): void;
}

/** A client of server-sent events. */
function open(scene: HistoryScene, query = '', headers: Record<string, string> = {}, account?: string): Promise<Stream> {
  const { port } = scene.app.getHttpServer().address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ port, path: `/v1/attempts/stream${query}`, headers: { ...scene.headers(account), ...headers } }, (answer) => {
      const events: Stream['events'] = [];
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const parts = text.split('\n\n');
        text = parts.pop()!;
        for (const part of parts) {
          const fields = part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const);
          events.push(Object.fromEntries(fields));
        }
      });
      const ended = new Promise<void>((done) => answer.once('close', () => done()));
      resolve({ status: answer.statusCode!, headers: answer.headers, events, ended, close: () => void sent.destroy() });
    });
    sent.on('error', reject).end();
  });
}

describe('attempts as they are made', () => {
  let scene: HistoryScene;
  let webhookId: string;
  let otherId: string;
  const made = (id = webhookId, accountId = 'default') =>
    aDeliveryHistory({ codes: [200], result: 'succeeded' }, { webhookId: id, accountId, at: Date.now() });
  const idOf = (history: ReturnType<typeof made>) => history.attempts[0]!.id;
  const told = ({ events }: Stream) => events.filter(({ event }) => event === 'attempt').map(({ id }) => id);
  const stream = async (...args: Parameters<typeof open> extends [unknown, ...infer Rest] ? Rest : never): Promise<Stream> => {
    const opened = await open(scene, ...args);
    closeAfterTest(() => opened.close());
    return opened;
  };

  beforeAll(async () => {
    scene = await HistoryScene.open({ API_STREAM_LIFETIME_MS: '600000' });
    [webhookId, otherId] = [await scene.webhook(), await scene.webhook()];
  });
  afterAll(() => scene.close());

  it('are told, each once, to who watches the account or the webhook, and to nobody else', async () => {
    const stranger = await scene.account();
    await scene.store([made()]);
    const [all, one, foreign] = [await stream(), await stream(`?webhookId=${webhookId}`), await stream('', {}, stranger)];
    expect(all.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': expect.any(String) });
    const [here, there] = [made(), made(otherId)];
    await scene.store([here]);
    await eventually(() => told(one).length > 0);
    await scene.store([there]);
    await eventually(() => told(all).length === 2);
    expect(told(all)).toEqual([idOf(here), idOf(there)]);
    expect(told(one)).toEqual([idOf(here)]);
    expect(JSON.parse(all.events.find(({ event }) => event === 'attempt')!.data!)).toMatchObject({
      id: idOf(here),
      webhookId,
      status: 'succeeded',
    });
    expect(told(foreign)).toEqual([]);
  });

  it('are told although older than what was told already', async () => {
    const watching = await stream(`?webhookId=${otherId}`);
    const late = aDeliveryHistory({ codes: [200], result: 'succeeded' }, { webhookId: otherId, at: Date.now() - 5_000 });
    const first = made(otherId);
    await scene.store([first]);
    await eventually(() => told(watching).length === 1);
    await scene.store([late]);
    await eventually(() => told(watching).length === 2);
    expect(told(watching)).toEqual([idOf(first), idOf(late)]);
  });

  it.each(['header', 'query'])('go on after the last one that a client names in the %s', async (place) => {
    const [seen, missed, later] = [made(), made(), made()];
    await scene.store([seen]);
    await scene.store([missed]);
    const last = idOf(seen);
    const watching = place === 'header' ? await stream('', { 'last-event-id': last }) : await stream(`?lastEventId=${last}`);
    await scene.store([later]);
    await eventually(() => told(watching).includes(idOf(later)));
    expect(told(watching)).toEqual(expect.arrayContaining([idOf(missed), idOf(later)]));
    expect(told(watching)).not.toContain(last);
  });

  it('are all told to a client that loses the stream again and again and resumes', async () => {
    const account = await scene.account();
    const id = await scene.webhook({}, account);
    const first = made(id, account);
    await scene.store([first]);
    const [stored, seen] = [[first], [idOf(first)]];
    for (let round = 0; round < 4; round++) {
      const watching = await open(scene, '', { 'last-event-id': seen.at(-1)! }, account);
      const before = [made(id, account), made(id, account)];
      await scene.store(before);
      stored.push(...before);
      await eventually(() => told(watching).length > 0);
      watching.close();
      seen.push(...told(watching).map(String));
      // While nobody watches.
      const missed = [made(id, account), made(id, account)];
      await scene.store(missed);
      stored.push(...missed);
    }
    const last = await stream('', { 'last-event-id': seen.at(-1)! }, account);
    await eventually(() => new Set([...seen, ...told(last)]).size === stored.length);
    expect(new Set([...seen, ...told(last)])).toEqual(new Set(stored.map(idOf)));
  });

  it('are too many to be told one by one: the client is told to read the list', async () => {
    const watching = await stream(`?webhookId=${webhookId}`);
    await scene.store(Array.from({ length: 250 }, () => made()));
    await eventually(() => told(watching).length >= 200);
    expect(watching.events.some(({ event }) => event === 'gap')).toBe(true);
  });

  it('are not told to more than an account may have watching', async () => {
    const account = await scene.account();
    const streams = await Promise.all(Array.from({ length: 50 }, () => stream('', {}, account)));
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await stream('', {}, account);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10']);
    streams[0]!.close();
    await eventually(async () => {
      const again = await open(scene, '', {}, account);
      again.close();
      return again.status === 200;
    });
  });

  it('end after a while, so that the key is asked for anew', async () => {
    const other = await HistoryScene.open();
    const watching = await open(other);
    await watching.ended;
    await other.close();
  });

  it('end when the service stops', async () => {
    const other = await HistoryScene.open({ API_STREAM_LIFETIME_MS: '600000' });
    const watching = await open(other);
    const started = performance.now();
    await other.close();
    await watching.ended;
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
