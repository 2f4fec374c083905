import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlCommand, quoted } from './curl';

const request = {
  method: 'POST',
  url: 'https://example.com/hooks?a=1&b=$HOME',
  headers: { 'content-type': 'application/json', authorization: '***', host: 'example.com', 'content-length': '12' },
  body: `{"name":"O'Neill","n":12345678901234567890}`,
};

describe('an attempt as a command line', () => {
  it('is one command with the request as it was sent', () => {
    expect(curlCommand(request)).toBe(
      [
        `curl -X POST 'https://example.com/hooks?a=1&b=$HOME'`,
        `-H 'content-type: application/json'`,
        `-H 'authorization: ***'`,
        `--data-raw '{"name":"O'\\''Neill","n":12345678901234567890}'`,
      ].join(' \\\n  '),
    );
  });

  it('has no body where none was sent', () => {
    expect(curlCommand({ ...request, method: 'GET', body: null })).not.toContain('--data');
  });

  it('sends an empty header as one', () => {
    expect(curlCommand({ ...request, headers: { 'x-empty': '' } })).toContain(`-H 'x-empty;'`);
  });

  it.each([
    `it's`,
    '$(rm -rf ~) `id` "x" \\ ! #',
    'two\nlines\tand a tab',
    'a\u001b[2Jb\u0007c\u0085d',
    `mixed ' and \u0001 and \\n`,
    'ümläut 日本 🙂',
    '@/etc/passwd',
    '-X DELETE',
  ])('means %j to a shell, whatever stands in it', (text) => {
    expect(execFileSync('bash', ['-c', `printf %s ${quoted(text)}`], { encoding: 'utf8' })).toBe(text);
  });

  it('never hands a terminal a control character', () => {
    expect(quoted('a\u001b]0;x\u0007\r')).not.toMatch(/[\u0000-\u001f]/);
  });
});
