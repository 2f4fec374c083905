import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { requestIdsOf } from './request-ids.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const aRequest = (headers: IncomingMessage['headers']) => ({ headers }) as IncomingMessage;

describe('the ids of a request', () => {
  it('are those that the caller names', () => {
    const request = aRequest({ 'x-request-id': 'a-1', traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` });
    expect(requestIdsOf(request)).toEqual({ requestId: 'a-1', traceId: TRACE_ID });
  });

  it('stay the same for one request and differ between two', () => {
    const request = aRequest({});
    expect(requestIdsOf(request)).toBe(requestIdsOf(request));
    const other = requestIdsOf(aRequest({}));
    expect(other.requestId).not.toBe(requestIdsOf(request).requestId);
    expect(other.traceId).not.toBe(requestIdsOf(request).traceId);
  });

  it.each(['', 'a b', 'a\r\nb', 'ä', '"', 'x'.repeat(129)])('are made instead of %j', (id) => {
    expect(requestIdsOf(aRequest({ 'x-request-id': id })).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    'x',
    `ff-${TRACE_ID}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE_ID}-${'0'.repeat(16)}-01`,
    `00-${TRACE_ID.toUpperCase()}-00f067aa0ba902b7-01`,
  ])('do not follow the trace %s', (traceparent) => {
    expect(requestIdsOf(aRequest({ traceparent })).traceId).not.toBe(TRACE_ID);
  });
});
