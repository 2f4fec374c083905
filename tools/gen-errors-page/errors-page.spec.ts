import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { errorTable, type ErrorKind } from '#libs/kernel';
import { errorFiles, readErrors } from './error-sources.js';
import { errorsPage, type Door, type ErrorEntry } from './errors-page.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const entry = (code: string, kind: ErrorKind, ...doors: Door[]): ErrorEntry => ({
  code,
  row: { kind, retryable: kind === 'unavailable', title: `Title of ${code}` },
  doors,
});
const codesOf = (page: string): string[] => [...page.matchAll(/^\|[^|]*\| `(\w+)`/gm)].map((match) => match[1]!);

describe('errorsPage', () => {
  it('lists a code under every door at which it is seen, and one that is seen at none as internal', () => {
    const page = errorsPage([entry('BOTH', 'tooLarge', 'api', 'deadLetter'), entry('HIDDEN', 'bug')]);
    const [api, deadLetters, inside] = page.split(/^## /m).slice(1);
    expect(api).toContain('| 413 | `BOTH` | Title of BOTH | no |');
    expect(deadLetters).toContain('| dead letter | `BOTH` | Title of BOTH | no |');
    expect(inside).toContain('| internal (500) | `HIDDEN` | Title of HIDDEN | no |');
    expect(codesOf(page)).toEqual(['BOTH', 'BOTH', 'HIDDEN']);
  });

  it('orders answers by status, then code, and says which may be tried again', () => {
    const page = errorsPage([entry('C', 'unavailable', 'api'), entry('B', 'invalid', 'api'), entry('A', 'invalid', 'api')]);
    expect(page).toContain('| 422 | `A` | Title of A | no |\n| 422 | `B` | Title of B | no |\n| 503 | `C` | Title of C | yes |');
  });
});

describe('the error table of the whole system', () => {
  let entries: ErrorEntry[];
  beforeAll(async () => {
    entries = await readErrors(ROOT, (file) => import(join(ROOT, file)) as Promise<object>);
  });

  it('has every code on the page, and the page no other', () => {
    const codes = [...errorTable().keys()].sort();
    expect(codes.length).toBeGreaterThan(30);
    expect([...new Set(codesOf(errorsPage(entries)))].sort()).toEqual(codes);
  });

  it('is in docs/errors.md, code by code', () => {
    const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').replaceAll(/ +\|/g, ' |');
    expect(codesOf(page)).toEqual(codesOf(errorsPage(entries)));
  });

  it('tells apart what the API answers from why a record is a dead letter', () => {
    const doors = new Map(entries.map(({ code, doors }) => [code, doors]));
    expect(doors.get('VALIDATION_FAILED')).toEqual(['api']);
    expect(doors.get('WEBHOOK_NOT_FOUND')).toEqual(['api']);
    expect(doors.get('EVENT_TIME_INVALID')).toEqual(['deadLetter']);
    expect(doors.get('HANDLER_FAILED')).toEqual(['deadLetter']);
    expect(doors.get('SECRET_UNREADABLE')).toEqual([]);
  });

  it('has a row for every reason with which a record can be refused', () => {
    const refusals = readFileSync(join(ROOT, 'libs/contracts/src/domain-event/event-fields.ts'), 'utf8').matchAll(
      /ContractViolation\(\s*'(\w+)'/g,
    );
    expect([...errorTable().keys()]).toEqual(expect.arrayContaining([...refusals].map((match) => match[1])));
  });

  it('is spread over files that are all found', () => {
    expect(errorFiles(ROOT)).toEqual(
      expect.arrayContaining(['libs/runtime/src/runtime.errors.ts', 'libs/messaging/src/contract.errors.ts']),
    );
  });
});
