import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';

const require = createRequire(import.meta.url);
const RequestQueue = require('kafkajs/src/network/requestQueue/index.js') as new (options: object) => {
  throttleCheckTimeoutId: unknown;
  throttledUntil: number;
  push(request: object): void;
  fulfillRequest(response: object): void;
  destroy(): void;
};
const { RecordBatch } = require('kafkajs/src/protocol/recordBatch/v0/index.js') as {
  RecordBatch: (batch: object) => Promise<{ buffer: Buffer }>;
};
const Record = require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: object) => object;
const Decoder = require('kafkajs/src/protocol/decoder.js') as new (buffer: Buffer) => object;
const Long = require('kafkajs/src/utils/long.js') as { fromValue(value: number): object };
const decodeMessages = require('kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js') as (
  decoder: object,
) => Promise<{ offset: string; isControlRecord: boolean }[]>;

const silent = { debug: () => undefined, warn: () => undefined };

function aQueue() {
  const sent: number[] = [];
  const queue = new RequestQueue({
    maxInFlightRequests: 1,
    requestTimeout: 1_000,
    enforceRequestTimeout: false,
    clientId: 'c',
    broker: 'b',
    logger: silent,
  });
  const push = (correlationId: number) => {
    const entry = { correlationId, apiKey: 0, apiName: 'Any', apiVersion: 0, resolve: () => undefined, reject: () => undefined };
    queue.push({ entry, expectResponse: true, sendRequest: () => sent.push(correlationId) });
  };
  return { queue, sent, push };
}

describe("kafkajs' request queue as patched", () => {
  it('arms no timer when nothing is pending', () => {
    const { queue, push } = aQueue();
    push(1);
    queue.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 });
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });

  it('sends what was pending when an answer makes room, and rests again', () => {
    const { queue, sent, push } = aQueue();
    push(1);
    push(2);
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    queue.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 });
    expect(sent).toEqual([1, 2]);
    queue.destroy();
  });

  it('sends what was pending once a throttle by the broker is over', async () => {
    const { queue, sent, push } = aQueue();
    queue.throttledUntil = Date.now() + 30;
    push(1);
    expect(sent).toEqual([]);
    while (sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(Date.now()).toBeGreaterThanOrEqual(queue.throttledUntil);
    queue.destroy();
  });
});

describe("kafkajs' decoding of compacted batches as patched", () => {
  async function offsets(present: number[], lastOffsetDelta: number): Promise<[string, boolean][]> {
    const records = present.map((offsetDelta) => Record({ offsetDelta, key: Buffer.from('k'), value: Buffer.from('v') }));
    const { buffer } = await RecordBatch({ firstOffset: Long.fromValue(10), lastOffsetDelta, records });
    const size = Buffer.alloc(4);
    size.writeInt32BE(buffer.length);
    const messages = await decodeMessages(new Decoder(Buffer.concat([size, buffer])));
    return messages.map(({ offset, isControlRecord }) => [offset, isControlRecord]);
  }

  it('gets past a batch of which only the header is left', async () => {
    expect(await offsets([], 4)).toEqual([['14', true]]);
  });

  it('gets past the end of a batch that lost its last records', async () => {
    expect(await offsets([0, 2], 4)).toEqual([
      ['10', false],
      ['12', false],
      ['14', true],
    ]);
  });

  it('adds nothing to a batch that is whole', async () => {
    expect(await offsets([0, 1], 1)).toEqual([
      ['10', false],
      ['11', false],
    ]);
  });
});
