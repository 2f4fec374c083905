import { describe, expect, it } from '@jest/globals';
import { AppError } from '#libs/kernel';
import { brokenUniqueConstraint, databaseError } from './database-error.js';

const coded = (code: string, extra: object = {}): Error => Object.assign(new Error('x'), { code }, extra);
const codeOf = (cause: unknown): string | undefined => {
  const mapped = databaseError(cause);
  return mapped instanceof AppError ? mapped.code : undefined;
};

describe('faults of the database', () => {
  it.each([
    ['a refused connection', coded('ECONNREFUSED')],
    ['a server that shuts down', coded('57P01')],
    ['too many connections', coded('53300')],
    ['a statement over its time', coded('57014')],
    ['a deadlock', coded('40P01')],
    ['a pool that gets no connection', new Error('timeout exceeded when trying to connect')],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a driver error inside another error', Object.assign(new Error('query failed'), { driverError: coded('08006') })],
    ['every address refused', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
  ])('calls %s DATABASE_UNAVAILABLE, to be tried again', (_, cause) => {
    const mapped = databaseError(cause) as AppError;
    expect(mapped.code).toBe('DATABASE_UNAVAILABLE');
    expect(mapped.retryAfterSeconds).toBeGreaterThan(0);
    expect(mapped.cause).toBe(cause);
  });

  it('leaves a fault of ours as it is', () => {
    const cause = coded('42P01');
    expect(databaseError(cause)).toBe(cause);
    expect(codeOf(new TypeError('x is undefined'))).toBeUndefined();
  });

  it('passes an AppError through unchanged', () => {
    const error = new AppError('CONCURRENT_CHANGE', 'x');
    expect(databaseError(error)).toBe(error);
  });

  it('names the unique constraint that was broken', () => {
    const cause = Object.assign(new Error('query failed'), { driverError: coded('23505', { constraint: 'webhooks_name' }) });
    expect(brokenUniqueConstraint(cause)).toBe('webhooks_name');
    expect(brokenUniqueConstraint(coded('23503', { constraint: 'webhooks_account' }))).toBeUndefined();
  });
});
