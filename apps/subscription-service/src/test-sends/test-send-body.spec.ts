import { describe, expect, it } from '@jest/globals';
import { readTestSend } from './test-send-body.js';

describe('what a test is to send', () => {
  it('is up to the service when nothing is said', () => {
    for (const body of [undefined, Buffer.alloc(0), Buffer.from('{}')]) expect(readTestSend(body)).toEqual({});
  });

  it('is taken byte for byte', () => {
    const request = readTestSend(Buffer.from('{"data": {"n": 12345678901234567890, "p":1.10} ,"eventType":"order_created"}'));
    expect([request.eventType, request.data!.toString()]).toEqual(['order_created', '{"n": 12345678901234567890, "p":1.10}']);
  });

  it.each([
    ['TEST_SEND_MALFORMED', '{'],
    ['VALIDATION_FAILED', '[]'],
    ['VALIDATION_FAILED', '{"eventType":1}'],
    ['VALIDATION_FAILED', '{"type":"order_created"}'],
    ['VALIDATION_FAILED', `{"data":"${'x'.repeat(1_048_576)}"}`],
  ])('is refused with %s', (code, body) => {
    expect(() => readTestSend(Buffer.from(body))).toThrow(expect.objectContaining({ code }));
  });
});
