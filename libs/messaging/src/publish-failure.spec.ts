import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { publishFailure } from './publish-failure.js';

describe('publishFailure', () => {
  it.each([
    [{ type: 'MESSAGE_TOO_LARGE' }, 'too-large'],
    [{ name: 'KafkaJSNonRetriableError', cause: { type: 'RECORD_LIST_TOO_LARGE' } }, 'too-large'],
    [{ type: 'TOPIC_AUTHORIZATION_FAILED' }, 'refused'],
    [{ name: 'KafkaJSNonRetriableError', cause: new TypeError('x') }, 'refused'],
    [{ type: 'LEADER_NOT_AVAILABLE' }, 'wait'],
    [{ name: 'KafkaJSNumberOfRetriesExceeded', cause: { name: 'KafkaJSConnectionError' } }, 'wait'],
  ])('reads %j as %s', (error, expected) => {
    expect(publishFailure(error)).toBe(expected);
  });

  it('waits for whatever it does not know instead of throwing', () => {
    fc.assert(fc.property(fc.anything(), (error) => ['too-large', 'refused', 'wait'].includes(publishFailure(error))));
    const circular: { cause?: unknown } = {};
    circular.cause = circular;
    expect(publishFailure(circular)).toBe('wait');
  });
});
