import { describe, expect, it } from '@jest/globals';
import type { AppError } from '#libs/kernel';
import { readEventRequest } from './event-body.js';

function faultOf(body: string | Buffer): string {
  try {
    readEventRequest(Buffer.from(body));
    return 'none';
  } catch (error) {
    const { code, fields } = error as AppError;
    return [code, ...fields.map(({ field, rule }) => `${field}:${rule}`)].join(' ');
  }
}

describe('an event in a request', () => {
  it('keeps data and context byte for byte', () => {
    const data = '{ "n": 12345678901234567890,\n "p":1.10, "é": "\\u00e9" }';
    const request = readEventRequest(
      Buffer.from(`{"context" : {"a" : 1.0} ,"type":"order_created","data":  ${data} , "time":"2026-11-20T10:00:00.5+01:00"}`),
    );
    expect(request.data.toString()).toBe(data);
    expect(request.context).toBe('{"a" : 1.0}');
    expect(request).toMatchObject({ type: 'order_created', id: undefined, time: '2026-11-20T10:00:00.5+01:00', channelId: undefined });
  });

  it.each(['null', '[]', '"x"', '0', 'true'])('may have the data %s', (data) => {
    expect(readEventRequest(Buffer.from(`{"type":"t","data":${data}}`)).data.toString()).toBe(data);
  });

  it.each([
    ['{"type":"t","data":{}', 'EVENT_MALFORMED'],
    ['', 'EVENT_MALFORMED'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'EVENT_MALFORMED'],
    ['[]', 'VALIDATION_FAILED body:json-not-object'],
    ['{"type":"t","type":"u","data":1}', 'VALIDATION_FAILED body:json-duplicate-member'],
    [`{"type":"t","data":${'['.repeat(200)}${']'.repeat(200)}}`, 'VALIDATION_FAILED body:json-too-deep'],
    ['{}', 'VALIDATION_FAILED type:required data:required'],
    ['{"type":1,"data":1}', 'VALIDATION_FAILED type:text'],
    ['{"type":"t","data":1,"id":""}', 'VALIDATION_FAILED id:text'],
    ['{"type":"t","data":1,"id":"a\\u0000"}', 'VALIDATION_FAILED id:text'],
    ['{"type":"t","data":1,"id":"é"}', 'VALIDATION_FAILED id:text'],
    ['{"type":"t","data":1,"id":" a"}', 'VALIDATION_FAILED id:text'],
    ['{"type":"t","data":1,"id":"\\ud800"}', 'VALIDATION_FAILED id:text'],
    ['{"type":"t","data":1,"time":"yesterday"}', 'VALIDATION_FAILED time:rfc3339'],
    ['{"type":"t","data":1,"time":"2026-13-41T10:00:00Z"}', 'VALIDATION_FAILED time:rfc3339'],
    ['{"type":"t","data":1,"channelId":null}', 'VALIDATION_FAILED channelId:text'],
    ['{"type":"t","data":1,"accountId":"other"}', 'VALIDATION_FAILED accountId:unknown-field'],
    [`{"type":"t","data":"${'x'.repeat(1_048_576)}"}`, 'EVENT_TOO_LARGE'],
  ])('%#: is refused with its fault', (body, fault) => {
    expect(faultOf(body)).toBe(fault);
  });

  it('may have exactly 1 MiB of data', () => {
    expect(readEventRequest(Buffer.from(`{"type":"t","data":"${'x'.repeat(1_048_574)}"}`)).data).toHaveLength(1_048_576);
  });
});
