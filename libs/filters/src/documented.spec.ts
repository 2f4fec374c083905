import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkFilter, compileFilter, filterFault, FilterInput } from './index.js';

const PAGE = readFileSync(new URL('../../../docs/filters.md', import.meta.url), 'utf8');

/** The event of the page, its data and context as they are written there. */
function theEvent(): FilterInput {
  const json = /```json\n([^]+?)\n```/.exec(PAGE)![1]!;
  const event = JSON.parse(json) as { type: string; accountId: string; channelId: string; time: string };
  const part = (name: string) => new RegExp(`"${name}": (\\{[^]*?\\})(?:,?\\n  "|\\n\\}$)`).exec(json)![1]!;
  return new FilterInput({ ...event, time: Date.parse(event.time), context: part('context'), data: Buffer.from(part('data')) });
}

/** Every filter that the page shows with what it says becomes of it. */
const examples = [...PAGE.matchAll(/^\| `(.+)` \| ((?:matches|does not match|fails|refused).*) \|$/gm)].map(
  ([, filter, result]) => [filter!.replaceAll('\\|', '|'), result!] as const,
);

describe('the page on filters', () => {
  it('has examples of every kind', () => {
    const kinds = new Set(examples.map(([, result]) => /^(matches|does not match|fails|refused)/.exec(result)![0]));
    expect([examples.length > 25, kinds.size]).toEqual([true, 4]);
  });

  it.each(examples)('says what becomes of %s: %s', (filter, said) => {
    const check = checkFilter(filter);
    if (!check.ok) {
      const { rule, position } = filterFault('filter', check);
      expect(`refused at ${position!.line}:${position!.column}: ${rule}`).toBe(said);
      return;
    }
    const result = compileFilter(filter).matches(theEvent());
    if (result.failed !== undefined) expect(`fails: ${result.failed}`).toContain(said);
    else expect(result.matched ? 'matches' : 'does not match').toBe(said);
  });
});
