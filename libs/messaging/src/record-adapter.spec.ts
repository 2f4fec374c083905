import { describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { adaptRecord, recordBytes } from './record-adapter.js';

const fetched = Buffer.concat([Buffer.from('keyvalue'), Buffer.alloc(1_000_000), Buffer.from([255, 0])]);
const message = {
  key: fetched.subarray(0, 3),
  value: fetched.subarray(3, 8),
  timestamp: '1700000000000',
  offset: '9007199254740993',
  attributes: 0,
  headers: { one: fetched.subarray(-2), list: [Buffer.from('a'), Buffer.from('b')], ['__proto__']: Buffer.from('p'), none: undefined },
} as unknown as KafkaMessage;

describe('adaptRecord', () => {
  it('keeps key, value, headers, offset and time as they came', () => {
    const record = adaptRecord('orders', 3, message);
    expect(record).toMatchObject({
      topic: 'orders',
      partition: 3,
      offset: '9007199254740993',
      timestamp: 1_700_000_000_000,
      key: Buffer.from('key'),
      value: Buffer.from('value'),
    });
    expect(Object.entries(record.headers)).toEqual([
      ['one', Buffer.from([255, 0])],
      ['list', [Buffer.from('a'), Buffer.from('b')]],
      ['__proto__', Buffer.from('p')],
      ['none', Buffer.alloc(0)],
    ]);
  });

  it('tells a tombstone from an empty value', () => {
    expect(adaptRecord('t', 0, { ...message, value: null }).value).toBeNull();
    expect(adaptRecord('t', 0, { ...message, value: Buffer.alloc(0) }).value).toEqual(Buffer.alloc(0));
    expect(adaptRecord('t', 0, { ...message, key: null }).key).toBeNull();
  });

  it('counts the bytes of key, value and header values', () => {
    expect(recordBytes(message)).toBe(3 + 5 + 2 + 2 + 1);
    expect(recordBytes({ key: null, value: null, headers: undefined })).toBe(0);
  });
});
