import { describe, expect, it } from '@jest/globals';
import type { AppError } from '#libs/kernel';
import { MAX_BATCH_EVENTS, readEventBatch } from './event-body.js';
import { eventRequestOf, type GivenEvent } from './event-request.js';

const read = (body: string) => readEventBatch(Buffer.from(body));
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    const { code, fields } = error as AppError;
    return [code, ...fields.map(({ field, rule }) => `${field}:${rule}`)].join(' ');
  }
};
const summary = (item: object): string => {
  if (!('code' in item)) return (item as { data: Buffer }).data.toString();
  const { code, fields } = item as AppError;
  return [code, ...fields.map(({ field, rule }) => `${field}:${rule}`)].join(' ');
};

describe('a batch of events', () => {
  it('keeps the data of each byte for byte', () => {
    const data = ['{ "n": 12345678901234567890,\n "p":1.10 }', '"\\u00e9é,]}"', '[1.0 , 2]', 'null'];
    const events = data.map((text) => ` { "type" : "t", "data":  ${text}  } `).join(',\n');
    expect(read(`{"events" : [${events}] }`).map(summary)).toEqual(data);
  });

  it('says what is wrong with an event in its place', () => {
    const deep = `${'['.repeat(150)}${']'.repeat(150)}`;
    const large = `"${'x'.repeat(1_048_576)}"`;
    const events = [
      '{"type":"t","data":1}',
      '7',
      '{}',
      `{"type":"t","data":${deep}}`,
      `{"type":"t","data":${large}}`,
      '{"type":"t","a":1,"data":1}',
    ];
    expect(read(`{"events":[${events.join()}]}`).map(summary)).toEqual([
      '1',
      'VALIDATION_FAILED body:json-not-object',
      'VALIDATION_FAILED type:required data:required',
      'VALIDATION_FAILED body:json-too-deep',
      'EVENT_TOO_LARGE',
      'VALIDATION_FAILED a:unknown-field',
    ]);
  });

  it.each([
    ['', 'EVENT_MALFORMED'],
    ['{"events":[{"type":"t","data":1},]}', 'EVENT_MALFORMED'],
    ['[]', 'VALIDATION_FAILED body:json-not-object'],
    ['{}', 'VALIDATION_FAILED events:required'],
    ['{"events":{}}', 'VALIDATION_FAILED events:is-array'],
    ['{"events":null}', 'VALIDATION_FAILED events:is-array'],
    ['{"events":[]}', 'VALIDATION_FAILED events:array-min-size'],
    ['{"events":[ ]}', 'VALIDATION_FAILED events:array-min-size'],
    ['{"events":[1],"more":1}', 'VALIDATION_FAILED more:unknown-field'],
    [`{"events":[${'1,'.repeat(MAX_BATCH_EVENTS)}1]}`, 'VALIDATION_FAILED events:array-max-size'],
    [`{"events":[${'1,'.repeat(2_000_000)}1]}`, 'VALIDATION_FAILED events:array-max-size'],
    [`{"events":${'['.repeat(4_000_000)}`, 'VALIDATION_FAILED body:json-too-deep'],
  ])('%#: is refused as a whole', (body, fault) => {
    expect(codeOf(() => read(body))).toBe(fault);
  });

  it('may have a thousand', () => {
    const events = Array.from({ length: MAX_BATCH_EVENTS }, (_, index) => `{"type":"t","data":${index}}`);
    expect(read(`{"events":[${events.join()}]}`)).toHaveLength(MAX_BATCH_EVENTS);
  });
});

describe('an event of members that came one by one', () => {
  it.each<[GivenEvent, string]>([
    [{ type: 't', data: Buffer.from('{"a": 1.0}') }, 'none'],
    [{ type: 't', data: Buffer.from('{"a": 1.0') }, 'VALIDATION_FAILED data:json-invalid'],
    [{ type: 't', data: Buffer.from('1'), context: Buffer.from([0x22, 0xff, 0x22]) }, 'VALIDATION_FAILED context:utf8-invalid'],
    [{ type: 't', data: Buffer.from('['.repeat(101) + ']'.repeat(101)) }, 'VALIDATION_FAILED data:json-too-deep'],
    [{ type: '', id: ' ', data: Buffer.from('1') }, 'VALIDATION_FAILED type:text id:text'],
    [{}, 'VALIDATION_FAILED type:required data:required'],
  ])('%#: is held to the same rules', (given, fault) => {
    expect(codeOf(() => eventRequestOf(given))).toBe(fault);
  });
});
