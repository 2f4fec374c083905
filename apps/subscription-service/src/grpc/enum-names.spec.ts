import { describe, expect, it } from '@jest/globals';
import { enumOf, wordOf } from './enum-names.js';

describe('enum names', () => {
  it.each([
    ['CIRCUIT_STATE_', 'half-open', 'CIRCUIT_STATE_HALF_OPEN'],
    ['SCOPE_', 'webhooks:read', 'SCOPE_WEBHOOKS_READ'],
    ['PAYLOAD_FORMAT_', 'Z_API', 'PAYLOAD_FORMAT_Z_API'],
  ])('%s%s', (prefix, word, member) => {
    expect(enumOf(prefix, word)).toBe(member);
    expect(wordOf(prefix, ['other', word], member)).toBe(word);
  });

  it.each([99, 'SCOPE_UNSPECIFIED'])('hands %s on, for the rule about the field to refuse', (member) => {
    expect(wordOf('SCOPE_', ['admin'], member)).toBe(member);
  });

  it('what was not sent stays so', () => {
    expect(wordOf('SCOPE_', ['admin'], undefined)).toBeUndefined();
  });
});
