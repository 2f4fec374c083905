import { describe, expect, it } from '@jest/globals';
import type { WireRecord } from '#libs/contracts';
import { aRecord } from './testing-support/a-record.js';
import type { Publisher } from './publisher.js';

export interface PublisherUnderTest {
  readonly publisher: Publisher;
  readonly topic: string;
  /** A value this publisher's topic does not accept. */
  readonly tooLarge: Buffer;
  /** What the topic holds, each key's records in their order. */
  readonly read: () => Promise<readonly Pick<WireRecord, 'key' | 'value' | 'headers'>[]>;
}

const text = (part: Buffer | string | null | undefined): string | null => (part === null || part === undefined ? null : part.toString());

/** What every publisher promises. */
export function publisherConformance(create: () => Promise<PublisherUnderTest>): void {
  describe('as any publisher', () => {
    it('has written a record with its key, value and headers once it resolves', async () => {
      const { publisher, topic, read } = await create();
      await publisher.publish(topic, {
        key: 'k',
        value: Buffer.from([0, 255]),
        headers: { one: 'é', list: ['a', Buffer.from('b')], absent: undefined },
      });
      const [record] = await read();
      expect([text(record!.key), record!.value]).toEqual(['k', Buffer.from([0, 255])]);
      expect(text(record!.headers['one'] as Buffer)).toBe('é');
      expect((record!.headers['list'] as Buffer[]).map(text)).toEqual(['a', 'b']);
      expect(record!.headers['absent']).toBeUndefined();
    });

    it('writes tombstones and records without a key', async () => {
      const { publisher, topic, read } = await create();
      await publisher.publish(topic, { key: 'gone', value: null, headers: {} });
      await publisher.publish(topic, { key: null, value: Buffer.from('x'), headers: {} });
      const records = await read();
      expect(new Set(records.map(({ key, value }) => `${text(key)}=${text(value)}`))).toEqual(new Set(['gone=null', 'null=x']));
    });

    it('keeps the order of each key', async () => {
      const { publisher, topic, read } = await create();
      const numbers = Array.from({ length: 500 }, (_, i) => i);
      await Promise.all(numbers.map((i) => publisher.publish(topic, aRecord(`key-${i % 7}`, `${i}`))));
      const byKey = Map.groupBy(await read(), ({ key }) => text(key));
      for (let key = 0; key < 7; key++)
        expect(byKey.get(`key-${key}`)!.map(({ value }) => Number(text(value)))).toEqual(numbers.filter((i) => i % 7 === key));
    });

    it('refuses a record that is too large, and no other', async () => {
      const { publisher, topic, tooLarge, read } = await create();
      const results = await Promise.allSettled([
        publisher.publish(topic, aRecord('a', '1')),
        publisher.publish(topic, { key: 'a', value: tooLarge, headers: {} }),
        publisher.publish(topic, aRecord('a', '2')),
      ]);
      expect(results.map((result) => (result.status === 'rejected' ? (result.reason as { code: string }).code : 'written'))).toEqual([
        'written',
        'RECORD_TOO_LARGE',
        'written',
      ]);
      expect((await read()).map(({ value }) => text(value))).toEqual(['1', '2']);
    });
  });
}
