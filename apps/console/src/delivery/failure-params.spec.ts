import { describe, expect, it } from 'vitest';
import { failureText } from './failure-params';
import texts from './delivery.en.json';
import { FAILURE_KINDS } from './failure-params';

const failed = (kind: string, given: object = {}) =>
  failureText({
    failure: { kind: kind as 'dns', words: 'w', hint: 'h', message: null },
    statusCode: null,
    durationMs: 15_004,
    response: null,
    ...given,
  });

const answered = (name: string, value: string | string[]) => ({
  response: { status: 301, headers: { [name]: value }, body: '', truncated: false },
});

describe('the words for a failure', () => {
  it('exist for every kind of failure, with a hint', () => {
    for (const kind of FAILURE_KINDS) {
      const { words, hint } = texts.failure[kind];
      expect([kind, words, hint]).toEqual([kind, expect.stringMatching(/./), expect.stringMatching(/./)]);
    }
  });

  it('name what the receiver said', () => {
    expect(failed('redirect', answered('Location', 'https://new.example.com'))).toMatchObject({
      context: 'said',
      said: 'https://new.example.com',
    });
    expect(failed('slowed-down', answered('retry-after', ['120', '60']))).toMatchObject({ said: '120' });
    expect(failed('redirect')).toMatchObject({ context: undefined, said: '' });
  });

  it('name what the sender knows: what is wrong with the certificate, and which rule refused', () => {
    for (const kind of ['tls', 'policy'] as const) {
      const failure = { kind, words: 'w', hint: 'h', message: 'the URL must begin with https://' };
      expect(failed(kind, { failure })).toMatchObject({ context: 'said', said: 'the URL must begin with https://' });
      expect(texts.failure[kind].words_said).toContain('{{said}}');
    }
  });

  it('name how long was waited', () => {
    expect(failed('timeout')).toMatchObject({ kind: 'timeout', seconds: 15 });
  });

  it('are the server’s own for a kind that the console does not know', () => {
    expect(failed('solar-flare')).toMatchObject({ kind: undefined });
  });

  it('are none for a success', () => {
    expect(failureText({ failure: null, statusCode: 200, durationMs: 1, response: null })).toBeUndefined();
  });
});
