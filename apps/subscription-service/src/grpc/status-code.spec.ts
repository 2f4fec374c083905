import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { status } from '@grpc/grpc-js';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { errorTable } from '#libs/kernel';
import { statusCodeOf } from './status-code.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** Of a conflict, the code decides: a new one has to be put here and thought about. */
const CONFLICTS: Record<string, keyof typeof status> = {
  ACCOUNT_ID_TAKEN: 'ALREADY_EXISTS',
  CONCURRENT_CHANGE: 'ABORTED',
  DEAD_LETTER_NOT_REPUBLISHABLE: 'FAILED_PRECONDITION',
  DEAD_LETTER_REPUBLISHED: 'FAILED_PRECONDITION',
  DEFAULT_ACCOUNT_KEPT: 'FAILED_PRECONDITION',
  DELIVERY_ENDED: 'FAILED_PRECONDITION',
  DELIVERY_IS_TEST: 'FAILED_PRECONDITION',
  EVENT_DATA_GONE: 'FAILED_PRECONDITION',
  EVENT_REDACTED: 'FAILED_PRECONDITION',
  EVENT_TYPE_COMBINED: 'FAILED_PRECONDITION',
  EVENT_TYPE_FIXED: 'FAILED_PRECONDITION',
  EVENT_TYPE_LIMIT: 'FAILED_PRECONDITION',
  IDEMPOTENCY_CONFLICT: 'ALREADY_EXISTS',
  IDEMPOTENCY_IN_PROGRESS: 'ABORTED',
  REDELIVERY_ENDED: 'FAILED_PRECONDITION',
  WEBHOOK_DISABLED: 'FAILED_PRECONDITION',
  WEBHOOK_NAME_TAKEN: 'ALREADY_EXISTS',
};

describe('the status code of an error', () => {
  beforeAll(async () => {
    const files = globSync('{apps/subscription-service,libs/runtime,libs/persistence}/src/**/*.errors.ts', { cwd: ROOT });
    for (const file of files) await import(`${ROOT}${file}`);
  });

  it('of each conflict is decided', () => {
    const conflicts = [...errorTable()].filter(([, row]) => row.kind === 'conflict');
    const told = conflicts.map(([code, row]) => [code, status[statusCodeOf({ code, ...row })]]);
    expect(Object.fromEntries(told)).toEqual(CONFLICTS);
  });

  it.each([
    ['VALIDATION_FAILED', 'INVALID_ARGUMENT'],
    ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
    ['SCOPE_MISSING', 'PERMISSION_DENIED'],
    ['ROLE_REQUIRED', 'FAILED_PRECONDITION'],
    ['WEBHOOK_NOT_FOUND', 'NOT_FOUND'],
    ['WEBHOOK_STALE', 'ABORTED'],
    ['RATE_LIMITED', 'RESOURCE_EXHAUSTED'],
    ['BODY_TOO_LARGE', 'RESOURCE_EXHAUSTED'],
    ['SERVICE_UNAVAILABLE', 'UNAVAILABLE'],
    ['INTERNAL', 'INTERNAL'],
  ])('%s is %s', (code, name) => {
    expect(status[statusCodeOf({ code, ...errorTable().get(code)! })]).toBe(name);
  });
});
