import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeDeadLetter, type ReceivedRecord } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { isRepublishable } from './dead-letter.js';
import { deadLetterOf, originalRecord } from './dead-letter-record.js';

const PLACE = { topic: 'orders', partition: 2, offset: '9007199254740993', timestamp: 1_763_715_600_000 };
const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array));
const headers = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 10 }).filter((name) => !name.startsWith('ce_') && !(name in {})),
  fc.oneof(bytes, fc.array(bytes, { minLength: 2, maxLength: 3 })),
);
/** As a letter is read from its topic: texts of headers are bytes there. */
const asRead = (record: ReceivedRecord, reason: string): ReceivedRecord => {
  const letter = encodeDeadLetter(record, reason);
  const texts = Object.entries(letter.headers).map(([name, value]) => [name, typeof value === 'string' ? Buffer.from(value) : value]);
  return { ...record, topic: 'dead-letters', partition: 0, offset: '5', headers: Object.fromEntries(texts) as never };
};

describe('a dead letter', () => {
  it('is published again as the record that it was', () => {
    fc.assert(
      fc.property(fc.option(bytes), fc.option(bytes), headers, (key, value, given) => {
        const letter = deadLetterOf(asRead({ ...PLACE, key, value, headers: given }, 'JSON_INVALID'));
        expect(originalRecord(letter)).toEqual({ key, value, headers: { ...given } });
        expect(letter).toMatchObject({ topic: 'orders', partition: 2, offset: PLACE.offset, reason: 'JSON_INVALID' });
        expect(isRepublishable(letter)).toBe(true);
      }),
    );
  });

  it('has an id that is its own, and the same however often it is read', () => {
    const record = asRead({ ...PLACE, key: null, value: null, headers: {} }, 'JSON_INVALID');
    expect(isId('dl', deadLetterOf(record).id)).toBe(true);
    expect(deadLetterOf(record).id).toBe(deadLetterOf({ ...record }).id);
    expect(deadLetterOf({ ...record, offset: '6' }).id).not.toBe(deadLetterOf(record).id);
  });

  it('is shown, but not published, when it does not say where it came from, or is a whole batch, or was too large to be kept', () => {
    const record = { ...PLACE, key: null, value: Buffer.from('x'), headers: {} };
    const { id: _, ...alone } = deadLetterOf({ ...record, timestamp: -5, headers: { ce_topic: 'no topic', ce_reason: '; drop' } });
    expect(alone).toMatchObject({ topic: null, partition: null, offset: null, reason: 'UNKNOWN', receivedAt: 0 });
    const letters = [
      deadLetterOf(record),
      deadLetterOf(asRead(record, 'BATCH_UNDECODABLE')),
      deadLetterOf(asRead({ ...record, headers: { ce_valueomitted: 'true' } }, 'JSON_INVALID')),
    ];
    expect(letters.map(isRepublishable)).toEqual([false, false, false]);
  });
});
