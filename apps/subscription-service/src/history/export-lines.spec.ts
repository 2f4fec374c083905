import { describe, expect, it } from '@jest/globals';
import type { AttemptView } from './attempt.view.js';
import { csvLines } from './export-lines.js';
import { ATTEMPT_EXAMPLE } from './history.examples.js';

async function* portions(...attempts: object[]): AsyncGenerator<readonly AttemptView[]> {
  yield attempts as AttemptView[];
}

async function rowOf(changes: object): Promise<string> {
  let text = '';
  for await (const part of csvLines(portions({ ...ATTEMPT_EXAMPLE, ...changes }))) text += part;
  return text.split('\r\n')[1]!;
}

describe('attempts as a table', () => {
  it.each([
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['=cmd()', "'=cmd()"],
    ['+1,2', `"'+1,2"`],
    ['@x', "'@x"],
  ])('quotes the event id %s', async (eventId, field) => {
    expect(await rowOf({ eventId })).toContain(`,${field},`);
  });

  it('leaves what is null empty', async () => {
    expect(await rowOf({ nextAttemptAt: null })).toMatch(/,http_5xx,$/);
  });
});
