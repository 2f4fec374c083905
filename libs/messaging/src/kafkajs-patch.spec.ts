import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';

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
const produceRequest = require('kafkajs/src/protocol/requests/produce/v7/request.js') as (request: object) => object;
const createRequest = require('kafkajs/src/protocol/request.js') as (request: object) => Promise<{ buffer: Buffer }>;
const crc32C = require('kafkajs/src/protocol/recordBatch/crc32C/index.js') as (buffer: Buffer) => number;
const Record = require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: object) => object;
const Decoder = require('kafkajs/src/protocol/decoder.js') as new (buffer: Buffer) => object;
const Long = require('kafkajs/src/utils/long.js') as { fromValue(value: number): object };
const decodeMessages = require('kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js') as (decoder: object) => Promise<DecodedRecord[]>;

interface DecodedRecord {
  offset: string;
  timestamp: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: { [name: string]: Buffer | Buffer[] };
  isControlRecord: boolean;
}

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
    await eventually(() => sent.length > 0, { timeoutMs: 2_000, intervalMs: 5 });
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

describe("kafkajs' encoding as patched", () => {
  // Before the records of a partition: the request's own fields, up to the size of the record set.
  const SIZE_AT = 4 + 8 + 2 + 4 + 2 + 2 + 4 + 4 + 2 + 'orders'.length + 4 + 4;
  const CRC_AT = SIZE_AT + 4 + 8 + 4 + 4 + 1;

  async function encoded(messages: object[]): Promise<Buffer> {
    const topicData = [{ topic: 'orders', partitions: [{ partition: 0, messages }] }];
    const request = produceRequest({ acks: -1, timeout: 1_000, compression: 0, topicData });
    return (await createRequest({ correlationId: 1, clientId: 'test', request })).buffer;
  }

  // Bitwise, as RFC 3720 defines it: an oracle without tables.
  function plainCrc(buffer: Buffer): number {
    let crc = ~0;
    for (const byte of buffer) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    }
    return ~crc >>> 0;
  }

  it.each([0, 1, 7, 8, 9, 16, 1_003])('computes the CRC of %i bytes', (length) => {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 151 + 7) & 0xff));
    expect(crc32C(bytes)).toBe(plainCrc(bytes));
  });

  it('writes what it reads again: keys, values, headers and their repetitions, in one batch with its length and CRC', async () => {
    const messages = Array.from({ length: 200 }, (_, i) => ({
      key: i % 3 === 0 ? null : `key-ü-${i}`,
      value: i % 5 === 0 ? null : Buffer.alloc(i * 17, i),
      headers: { one: `ü${i}`, two: Buffer.from([255, i & 0xff]), list: ['a', 'b', 'c'], none: undefined, ['__proto__']: 'p', '': '' },
    }));
    const request = await encoded(messages);
    expect(request.readInt32BE(0)).toBe(request.length - 4);
    expect(request.readInt32BE(SIZE_AT)).toBe(request.length - SIZE_AT - 4);
    expect(request.readUInt32BE(CRC_AT)).toBe(plainCrc(request.subarray(CRC_AT + 4)));

    const records = await decodeMessages(new Decoder(request.subarray(SIZE_AT)));
    const text = (value: Buffer | null | undefined) => value?.toString('utf8') ?? null;
    expect(records.map(({ offset, key }) => [offset, text(key)])).toEqual(messages.map(({ key }, i) => [String(i), key]));
    records.forEach(({ value, headers }, i) => {
      expect(value?.equals(messages[i]!.value!) ?? null).toBe(messages[i]!.value === null ? null : true);
      expect(Object.entries(headers)).toEqual([
        ['one', Buffer.from(`ü${i}`)],
        ['two', Buffer.from([255, i & 0xff])],
        ['list', ['a', 'b', 'c'].map((one) => Buffer.from(one))],
        ['__proto__', Buffer.from('p')],
        ['', Buffer.alloc(0)],
      ]);
    });
  });

  it('reads each record into memory of its own, not as a slice that keeps the whole response alive', async () => {
    const request = await encoded([
      { key: 'k', value: Buffer.alloc(100), headers: { h: 'v' } },
      { key: 'k', value: Buffer.alloc(1_000_000) },
    ]);
    const [record] = await decodeMessages(new Decoder(request.subarray(SIZE_AT)));
    for (const part of [record!.key!, record!.value!, record!.headers['h'] as Buffer]) {
      expect(part.buffer).not.toBe(request.buffer);
      expect(part.buffer.byteLength).toBeLessThan(1_000_000);
    }
  });

  it('takes nothing from a batch of which a record says that it is longer than it', async () => {
    const request = Buffer.from(await encoded([{ key: 'k', value: Buffer.alloc(100), headers: {} }]));
    request[CRC_AT + 4 + 40] = 0x7f; // the record's length
    request[CRC_AT + 4 + 41] = 0x7f;
    const records = await decodeMessages(new Decoder(request.subarray(SIZE_AT)));
    expect(records).toMatchObject([{ undecodable: { message: 'a record is longer than its batch' } }]);
  });
});
