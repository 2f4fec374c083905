import { describe, expect, it } from '@jest/globals';
import { AppError } from '#libs/kernel';
import './messaging.errors.js';
import { RETRY_DEFAULTS, afterFailure } from './record-retry.js';

describe('afterFailure', () => {
  const unavailable = (retryAfterSeconds?: number) =>
    new AppError('BROKER_UNAVAILABLE', 'away', retryAfterSeconds === undefined ? {} : { retryAfterSeconds });

  it('gives a record up after three failures that are not retryable', () => {
    const verdicts = [1, 2, 3].map((failures) => afterFailure(new TypeError('bug'), failures, RETRY_DEFAULTS));
    expect(verdicts).toEqual([{ retryInMs: 100 }, { retryInMs: 200 }, 'give-up']);
  });

  it('never gives up on retryable errors, with delays that grow to a limit', () => {
    expect(afterFailure(unavailable(), 4, RETRY_DEFAULTS)).toEqual({ retryInMs: 800 });
    expect(afterFailure(unavailable(), 1_000, RETRY_DEFAULTS)).toEqual({ retryInMs: 30_000 });
  });

  it('waits at least as long as the error asks for', () => {
    expect(afterFailure(unavailable(5), 1, RETRY_DEFAULTS)).toEqual({ retryInMs: 5_000 });
  });

  it('takes an AppError that is not retryable, and things that are no errors, as a bug', () => {
    expect(afterFailure(new AppError('RECORD_TOO_LARGE', 'large'), 3, RETRY_DEFAULTS)).toBe('give-up');
    expect(afterFailure(undefined, 3, RETRY_DEFAULTS)).toBe('give-up');
  });
});
