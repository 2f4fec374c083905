import { describe, expect, it } from '@jest/globals';
import { isPageRequest } from './page-request.js';

const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8';

describe('isPageRequest', () => {
  it.each(['/webhooks', '/webhooks/wh_1/history?code=5xx', '/events/a.b.c', '/deliveries/dlv_1', '/v1x'])(
    'opens the console at %s',
    (url) => {
      expect(isPageRequest(url, BROWSER)).toBe(true);
    },
  );

  it.each([
    '/v1',
    '/v1/unknown',
    '/V1/unknown',
    '/docs/x',
    '/healthz/x',
    '/metrics/x',
    '/problems/x/y',
    '/assets/gone.js',
    '/openapi.json/x',
  ])('leaves %s to the API', (url) => {
    expect(isPageRequest(url, BROWSER)).toBe(false);
  });

  it('answers with a page only who asked for one', () => {
    expect(isPageRequest('/webhooks', '*/*')).toBe(false);
    expect(isPageRequest('/webhooks', undefined)).toBe(false);
  });
});
