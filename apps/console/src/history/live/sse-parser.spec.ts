import { describe, expect, it } from 'vitest';
import { SseParser } from './sse-parser';

const STREAM =
  'retry: 2000\n\n: heartbeat\n\nid: a1\nevent: attempt\ndata: {"id":"ü"}\n\ndata: one\ndata:two\r\n\r\nevent: gap\ndata: {}\n\n';
const EVENTS = [
  { event: 'attempt', data: '{"id":"ü"}', id: 'a1' },
  { event: 'message', data: 'one\ntwo', id: 'a1' },
  { event: 'gap', data: '{}', id: 'a1' },
];

describe('a stream of server-sent events', () => {
  it('reads the same however it is cut', () => {
    for (let size = 1; size <= STREAM.length; size++) {
      const parser = new SseParser();
      const events = [];
      for (let at = 0; at < STREAM.length; at += size) events.push(...parser.push(STREAM.slice(at, at + size)));
      expect(events).toEqual(EVENTS);
      expect(parser.retryMs).toBe(2000);
    }
  });

  it('tells nothing of an event that has not ended', () => {
    const parser = new SseParser();
    expect(parser.push('data: half\n')).toEqual([]);
    expect(parser.push('\n')).toEqual([{ event: 'message', data: 'half', id: undefined }]);
  });

  it('knows all three ends of a line', () => {
    expect(new SseParser().push('data: a\r\rdata: b\r\n\r\ndata: c\n\n').map(({ data }) => data)).toEqual(['a', 'b', 'c']);
  });
});
