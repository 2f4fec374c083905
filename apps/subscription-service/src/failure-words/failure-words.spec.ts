import { describe, expect, it } from '@jest/globals';
import { ERROR_CLASSES, type ErrorClass } from '#libs/contracts';
import { failureOf } from './failure-words.js';

const failed = (errorClass: ErrorClass, more: object = {}) =>
  failureOf({ errorClass, statusCode: null, durationMs: 15_004, message: 'as recorded', ...more });

describe('a failure in words', () => {
  it.each<[ErrorClass, object, string, string]>([
    ['dns', {}, 'host not found', 'check the URL'],
    ['timeout', {}, 'no reply in 15 s', 'answer 2xx first, work later'],
    ['tls', { message: 'certificate expired on 2026-11-01' }, 'certificate expired on 2026-11-01', 'check the certificate'],
    [
      'http_3xx',
      { statusCode: 301, headers: { location: 'https://b.example/' } },
      'redirected (301)',
      'are not followed: use https://b.example/',
    ],
    ['http_4xx', { statusCode: 401 }, 'refused the credentials (401)', 'check Authentication'],
    ['http_4xx', { statusCode: 403 }, 'refused the credentials (403)', 'check Authentication'],
    ['http_4xx', { statusCode: 404 }, '(404)', 'check path or method'],
    ['http_4xx', { statusCode: 405 }, '(405)', 'check path or method'],
    ['http_4xx', { statusCode: 429, headers: { 'retry-after': '30' } }, '(429)', 'slowed to its Retry-After (30)'],
    ['http_4xx', { statusCode: 429 }, '(429)', 'set a rate limit'],
    ['http_4xx', { statusCode: 410 }, 'gone (410)', 'enable it'],
    ['http_4xx', { statusCode: 418 }, '(418)', 'read its answer'],
    ['http_5xx', { statusCode: 503 }, '(503)', 'log of the receiver'],
    ['policy', { message: '10.0.0.5 is a private address' }, 'refused: 10.0.0.5 is a private address', 'use a URL that'],
    ['policy', { message: 'the URL must begin with https://' }, 'refused: the URL must begin with https://', 'use a URL that'],
  ])('%s %j is "%s": %s', (errorClass, more, words, hint) => {
    const failure = failed(errorClass, more);
    expect(failure.words).toContain(words);
    expect(failure.hint).toContain(hint);
  });

  it('is there for every error class', () => {
    for (const errorClass of ERROR_CLASSES) {
      expect(failed(errorClass)).toMatchObject({
        kind: expect.any(String),
        words: expect.stringMatching(/./),
        hint: expect.stringMatching(/./),
      });
    }
  });
});
