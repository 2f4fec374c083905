import { describe, expect, it } from '@jest/globals';
import type { EgressResult } from '#libs/egress';
import { judge } from './attempt.js';

const timings = { dns: null, connect: null, tls: null, firstByte: 1, total: 2 };
const answered = (status: number, headers: Record<string, string | string[]> = {}): EgressResult => ({
  kind: 'response',
  status,
  headers,
  body: Buffer.alloc(0),
  truncated: false,
  timings,
  address: '127.0.0.1',
});

describe('judge', () => {
  it.each([200, 201, 202, 204, 299])('takes %i as a success', (status) => {
    expect(judge(answered(status))).toEqual({ status: 'succeeded', statusCode: status });
  });

  it.each([
    [300, 'http_3xx'],
    [301, 'http_3xx'],
    [304, 'http_3xx'],
    [308, 'http_3xx'],
    [400, 'http_4xx'],
    [401, 'http_4xx'],
    [404, 'http_4xx'],
    [408, 'http_4xx'],
    [425, 'http_4xx'],
    [429, 'http_4xx'],
    [499, 'http_4xx'],
    [500, 'http_5xx'],
    [503, 'http_5xx'],
    [599, 'http_5xx'],
    [999, 'http_5xx'],
  ])('takes %i as a failure of class %s that may be retried', (status, errorClass) => {
    expect(judge(answered(status))).toMatchObject({ status: 'failed', statusCode: status, errorClass, final: false });
  });

  it('takes 410 as final', () => {
    expect(judge(answered(410))).toMatchObject({ errorClass: 'http_4xx', final: true });
  });

  it('hands Retry-After on as the receiver wrote it', () => {
    expect(judge(answered(503, { 'retry-after': '120' }))).toMatchObject({ retryAfter: '120' });
    expect(judge(answered(503, { 'retry-after': ['1', '2'] }))).toMatchObject({ retryAfter: '1' });
    expect(judge(answered(503))).toMatchObject({ retryAfter: null });
  });

  it.each(['dns', 'connect', 'tls', 'timeout', 'reset', 'policy', 'protocol'] as const)(
    'keeps the class %s of what failed below HTTP',
    (errorClass) => {
      const result: EgressResult = { kind: 'failure', errorClass, message: 'in words', timings, address: null, partial: null };
      expect(judge(result)).toEqual({ status: 'failed', statusCode: null, errorClass, error: 'in words', final: false, retryAfter: null });
    },
  );

  it('counts an answer that broke off as a failure, whatever its status', () => {
    const partial = { status: 200, headers: {}, body: Buffer.from('x'), truncated: true };
    const result: EgressResult = { kind: 'failure', errorClass: 'timeout', message: 'm', timings, address: null, partial };
    expect(judge(result)).toMatchObject({ status: 'failed', statusCode: 200, errorClass: 'timeout' });
  });
});
