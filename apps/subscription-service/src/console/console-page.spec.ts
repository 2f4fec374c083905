import { describe, expect, it } from '@jest/globals';
import { consolePage } from './console-page.js';

const BUILT =
  '<meta property="csp-nonce" nonce="CSP_NONCE"><meta name="hookstream-console" content="%CONSOLE_SETTINGS%"><script nonce="CSP_NONCE"></script>';
const SETTINGS = { title: 'Webhooks', breadcrumb: ['Settings', 'Webhooks'], retrySchedule: ['5s', '5m'], version: '1.2.3' };

describe('consolePage', () => {
  it('has a nonce of its own each time, the same in the page and in its policy', () => {
    const [one, other] = [consolePage(BUILT, SETTINGS, []), consolePage(BUILT, SETTINGS, [])];
    const [, nonce] = /script-src 'self' 'nonce-([^']+)'/.exec(one.policy)!;
    expect(one.html.split(`nonce="${nonce}"`)).toHaveLength(3);
    expect(other.policy).not.toContain(nonce);
  });

  it('lets nothing in but what this service sends', () => {
    const { policy } = consolePage(BUILT, SETTINGS, []);
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|http|\*/);
  });

  it('may be framed by nobody, or by those that are named', () => {
    expect(consolePage(BUILT, SETTINGS, []).policy).toContain("frame-ancestors 'none'");
    expect(consolePage(BUILT, SETTINGS, ['https://a.example', 'https://*.b.example']).policy).toContain(
      'frame-ancestors https://a.example https://*.b.example',
    );
  });

  it('writes the settings as text that cannot leave its attribute', () => {
    const title = `"><script>alert('$&')</script>`;
    const { html } = consolePage(BUILT, { ...SETTINGS, title }, []);
    const [, content = ''] = /content="([^"]*)"/.exec(html)!;
    expect(html).not.toContain('<script>');
    const read = content.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    expect(JSON.parse(read)).toEqual({ ...SETTINGS, title });
  });
});
