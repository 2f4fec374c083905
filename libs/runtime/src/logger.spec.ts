import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type Options, pinoHttp } from 'pino-http';
import { loggerParams } from './logger.js';

describe('a line that is logged while a request is handled', () => {
  it('names the request and its trace, and nothing else of it', () => {
    const lines: string[] = [];
    const stream = new Writable({ write: (chunk: Buffer, _, done) => (lines.push(chunk.toString()), done()) });
    const request = new IncomingMessage(new Socket());
    request.headers = { 'x-request-id': 'a-1', authorization: 'Bearer canary' };
    pinoHttp({ ...(loggerParams('service', 'info').pinoHttp as Options), stream })(request, new ServerResponse(request));
    request.log.info({ webhookId: 'wh_1' }, 'webhook.changed');
    const { time, pid: _, hostname: __, ...line } = JSON.parse(lines[0]!) as Record<string, unknown>;
    expect(line).toEqual({
      level: 'info',
      service: 'service',
      requestId: 'a-1',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      webhookId: 'wh_1',
      msg: 'webhook.changed',
    });
    expect(Date.parse(String(time))).not.toBeNaN();
    expect(lines).toHaveLength(1);
  });
});
