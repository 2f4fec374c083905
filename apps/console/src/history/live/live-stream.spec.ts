import { describe, expect, it } from 'vitest';
import { LiveStream, type LiveState } from './live-stream';

interface Asked {
  readonly headers: Record<string, string>;
}

/** Answers one try after the other, and stops the stream when it has no answer left. */
function scene(answers: readonly (() => Response)[]) {
  const asked: Asked[] = [];
  const waits: number[] = [];
  const events: string[] = [];
  const states: LiveState[] = [];
  const stream = new LiveStream({
    url: '/v1/attempts/stream',
    headers: () => ({ authorization: 'Bearer k' }),
    onEvent: ({ data }) => events.push(data),
    onState: (state) => states.push(state),
    fetch: (_url, init) => {
      asked.push({ headers: Object.fromEntries(init?.headers as Headers) });
      const answer = answers[asked.length - 1];
      if (!answer) stream.stop();
      return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('offline'));
    },
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return { stream, asked, waits, events, states };
}

const streaming = (text: string) => () => new Response(text);
const refusing = (status: number) => () => new Response('', { status });

describe('a live stream', () => {
  it('carries the key in a header and resumes behind the last event it got', async () => {
    const { stream, asked, events } = scene([streaming('id: 7\ndata: a\n\n'), streaming('id: 8\ndata: b\n\n')]);
    await stream.run();
    expect(events).toEqual(['a', 'b']);
    expect(asked.map(({ headers }) => [headers.authorization, headers['last-event-id']])).toEqual([
      ['Bearer k', undefined],
      ['Bearer k', '7'],
      ['Bearer k', '8'],
    ]);
  });

  it('waits as long as the server asks, and longer with each failure, up to a bound', async () => {
    const { stream, waits } = scene([streaming('retry: 2000\n\n'), ...Array.from({ length: 6 }, () => refusing(503))]);
    await stream.run();
    expect(waits).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it.each([401, 403, 404])('does not ask again after a %i', async (status) => {
    const { stream, asked, states } = scene([refusing(status), streaming('data: never\n\n')]);
    await stream.run();
    expect(asked).toHaveLength(1);
    expect(states.at(-1)).toBe('refused');
  });

  it('is opened again when it falls silent', async () => {
    const { stream, asked } = scene([
      () => new Response(new ReadableStream({ start: (open) => open.enqueue(new TextEncoder().encode('id: 1\ndata: a\n\n')) })),
    ]);
    Object.assign((stream as unknown as { options: object }).options, { silenceMs: 5, fetch: abortable(asked, stream) });
    await stream.run();
    expect(asked).toHaveLength(2);
  });
});

/** A connection that gives one event, then nothing until it is cut. */
function abortable(asked: Asked[], stream: LiveStream): typeof fetch {
  return (_url, init) => {
    asked.push({ headers: Object.fromEntries(init?.headers as Headers) });
    if (asked.length === 2) {
      stream.stop();
      return Promise.reject(new TypeError('stopped'));
    }
    const body = new ReadableStream({
      start: (open) => {
        open.enqueue(new TextEncoder().encode('id: 1\ndata: a\n\n'));
        init?.signal?.addEventListener('abort', () => open.error(new Error('cut')));
      },
    });
    return Promise.resolve(new Response(body));
  };
}
