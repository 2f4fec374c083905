import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { NewsQueue } from './news-queue.js';
import { asTaken, type RpcStream } from './rpc-stream.js';

/** A client that takes so many answers at a time. */
class SlowStream extends EventEmitter implements RpcStream {
  private held = 0;
  readonly written: unknown[] = [];
  constructor(private readonly atOnce: number) {
    super();
  }

  get writableNeedDrain(): boolean {
    return this.held >= this.atOnce;
  }

  write(answer: unknown): void {
    this.written.push(answer);
    this.held++;
  }

  take(): void {
    this.held = 0;
    this.emit('drain');
  }
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('answers as they are taken', () => {
  const endless = { asked: 0, closed: false };
  async function* numbers() {
    try {
      for (;;) yield await Promise.resolve(endless.asked++);
    } finally {
      endless.closed = true;
    }
  }

  it('are asked for no faster than the client takes them, and no more once it is gone', async () => {
    const stream = new SlowStream(3);
    const subscription = asTaken(stream, () => Promise.resolve(numbers())).subscribe((answer) => stream.write(answer));
    await soon();
    await soon();
    expect(stream.written).toEqual([0, 1, 2]);
    stream.take();
    await soon();
    await soon();
    expect(stream.written).toEqual([0, 1, 2, 3, 4, 5]);
    subscription.unsubscribe();
    stream.emit('cancelled');
    await soon();
    expect([endless.closed, endless.asked <= 7, stream.eventNames()]).toEqual([true, true, []]);
  });

  it('fail with what the reading of them fails with', async () => {
    const refused = new Error('refused');
    const seen = await new Promise((resolve) => {
      asTaken(new SlowStream(1), () => Promise.reject(refused)).subscribe({ error: resolve });
    });
    expect(seen).toBe(refused);
  });
});

describe('news for a client that takes them slowly', () => {
  const queueOf = (stream: SlowStream, most: number) => new NewsQueue<number | 'gap'>(stream, (news) => stream.write(news), 'gap', most);

  it('waits to a bound; beyond it the client is told of a gap, and of what comes after it', () => {
    const stream = new SlowStream(2);
    const queue = queueOf(stream, 3);
    for (let i = 1; i <= 100; i++) queue.add(i);
    expect(stream.written).toEqual([1, 2]);
    stream.take();
    stream.take();
    stream.take();
    expect(stream.written).toEqual([1, 2, 3, 4, 5, 'gap']);
    queue.add(101);
    stream.take();
    expect(stream.written.slice(6)).toEqual([101]);
  });

  it('is told at once to one that keeps up, without a gap', () => {
    const stream = new SlowStream(1_000);
    const queue = queueOf(stream, 3);
    for (let i = 1; i <= 100; i++) queue.add(i);
    expect(stream.written).toHaveLength(100);
    queue.close();
    expect(stream.eventNames()).toEqual([]);
  });
});
