import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it, jest } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import type { Principal } from '../auth/index.js';
import type { WebhookService } from '../webhooks/index.js';
import { AttemptStreamController } from './attempt-stream.controller.js';
import type { LiveAttempts, Watcher } from './live-attempts.js';

/** A stream that is opened; `opening` is what happens before it is. */
async function opened(opening: (watcher: Watcher, response: ServerResponse) => void) {
  const raw = new ServerResponse(new IncomingMessage(new Socket()));
  const stop = jest.fn();
  const live = {
    watch: (_scope: unknown, watcher: Watcher) => {
      opening(watcher, raw);
      return Promise.resolve(stop);
    },
  };
  const controller = new AttemptStreamController(live as unknown as LiveAttempts, {} as WebhookService);
  const reply = { raw, hijack: () => undefined, getHeaders: () => ({}) } as unknown as FastifyReply;
  await controller.stream({ accountId: 'default' } as Principal, {}, undefined, reply);
  return { raw, stop };
}

describe('a stream of attempts', () => {
  it('ends when its time was over before it was open', async () => {
    const { raw } = await opened((watcher) => watcher.ended());
    expect(raw.writableEnded).toBe(true);
  });

  it('is watched no more when its client went away before it was open', async () => {
    const { stop } = await opened((_, response) => void response.destroy());
    expect(stop).toHaveBeenCalled();
  });

  it('stays open otherwise', async () => {
    const { raw, stop } = await opened(() => undefined);
    expect([raw.writableEnded, stop.mock.calls.length]).toEqual([false, 0]);
    raw.destroy();
  });
});
