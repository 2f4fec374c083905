import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { AppError, Secret, errorRows } from '#libs/kernel';

errorRows({ SPEC_GONE: { kind: 'notFound', retryable: false, title: 'Gone' } });

describe('the error table', () => {
  it('gives an error the kind, title and retryability of its code', () => {
    const cause = new Error('why');
    const error = new AppError('SPEC_GONE', 'it is not here', { cause });
    expect(error).toMatchObject({ code: 'SPEC_GONE', kind: 'notFound', title: 'Gone', retryable: false, cause });
  });

  it('refuses a code that is defined twice', () => {
    expect(() => errorRows({ SPEC_GONE: { kind: 'bug', retryable: false, title: 'Other' } })).toThrow('SPEC_GONE');
  });

  it('refuses an error whose code nobody defined', () => {
    expect(() => new AppError('SPEC_UNKNOWN', 'x')).toThrow('SPEC_UNKNOWN');
  });
});

describe('a secret', () => {
  it('is printed as [set] by everything that prints', () => {
    const secret = new Secret('canary');
    expect(`${String(secret)} ${JSON.stringify({ secret })} ${inspect({ secret })} ${inspect(secret, { showHidden: true })}`).not.toContain(
      'canary',
    );
    expect(secret.reveal()).toBe('canary');
  });
});
