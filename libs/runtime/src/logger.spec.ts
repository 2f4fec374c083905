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

describe('an error that is logged', () => {
  it('shows where it comes from, and nothing of the values in the statement that failed', () => {
    const lines: string[] = [];
    const stream = new Writable({ write: (chunk: Buffer, _, done) => (lines.push(chunk.toString()), done()) });
    const driverError = Object.assign(new Error('null value in column "x"'), { detail: 'Failing row contains (canary).', code: '23502' });
    const failed = Object.assign(new Error('null value in column "x"', { cause: driverError }), {
      query: 'insert into t values ($1)',
      parameters: ['canary'],
      driverError,
      detail: driverError.detail,
      code: '23502',
    });
    const { logger } = pinoHttp({ ...(loggerParams('service', 'info').pinoHttp as Options), stream });
    logger.error({ err: failed }, 'request.failed');
    logger.error(failed, 'request.failed');
    expect(lines.join('')).not.toContain('canary');
    const { err } = JSON.parse(lines[0]!) as { err: { message: string; stack: string; code: string } };
    expect(err).toMatchObject({
      code: '23502',
      message: expect.stringContaining('null value'),
      stack: expect.stringContaining('logger.spec'),
    });
  });

  it('is a sentence where it is told as one', () => {
    const lines: string[] = [];
    const stream = new Writable({ write: (chunk: Buffer, _, done) => (lines.push(chunk.toString()), done()) });
    const { logger } = pinoHttp({ ...(loggerParams('service', 'info').pinoHttp as Options), stream });
    logger.warn({ err: 'the broker is away' }, 'publish.delayed');
    expect(JSON.parse(lines[0]!)).toMatchObject({ err: 'the broker is away' });
  });
});
