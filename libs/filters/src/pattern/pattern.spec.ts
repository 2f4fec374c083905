import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LIMITS } from '../limits.js';
import { PatternFault } from './pattern-parser.js';
import { Pattern } from './pattern.js';

const free = () => undefined;
const test = (pattern: string, text: string) => new Pattern(pattern).test(text, free);

/** Patterns that both engines read alike, small enough for the platform's not to go astray. */
const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '\\s', '\\b', '^', '$', 'é', '[a-c1-3]', '\\.', '😀', '\\W');
const quantified = fc
  .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'))
  .map(([part, count]) => (/^(\\b|\^|\$)$/.test(part) ? part : part + count));
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    quantified,
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
    fc.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{0,2}')).map(([a, count]) => `(${a})${count}`),
  ),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '\n', 'é', '😀', '.', 'A'), maxLength: 12 });

describe('Pattern', () => {
  it('says of any pattern and text what the engine of the platform says', () => {
    fc.assert(
      fc.property(pattern, text, fc.boolean(), (source, input, ignoreCase) => {
        // The platform's \s has more than ASCII in it; none of that is in the texts.
        const expected = new RegExp(source, ignoreCase ? 'ui' : 'u').test(input);
        expect(test(ignoreCase ? `(?i)${source}` : source, input)).toBe(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['^[^@\\s]+@example\\.com$', 'jo@example.com', true],
    ['(?i)^BR-', 'br-1', true],
    ['(?m)^two$', 'one\ntwo\nthree', true],
    ['(?s)one.two', 'one\ntwo', true],
    ['one.two', 'one\ntwo', false],
    ['^$', '', true],
    ['', 'anything', true],
    ['a|b|', 'c', true],
    ['\\x41\\x{1F600}', 'A😀', true],
    ['[]a]', ']', true],
    ['[a-]', '-', true],
    ['{', '{', true],
    ['(?P<year>\\d{4})', 'in 2026', true],
    ['\\Aab\\z', 'ab', true],
  ])('finds %p in %p: %p', (source, input, expected) => expect(test(source, input)).toBe(expected));

  it.each(['(', ')', '[', '*', 'a**', 'a{3,2}', '\\', '\\1', '(?=a)', '(?<!a)b', '(?i:a)', '[[:alpha:]]', '\\p{L}', '[b-a]', 'x{1001}'])(
    'refuses %p',
    (source) => expect(() => new Pattern(source)).toThrow(PatternFault),
  );

  it('refuses repetitions that multiply beyond a bound, without making them', () => {
    expect(() => new Pattern('((a{100}){100}){100}')).toThrow('too many repetitions');
    expect(test('^((((){1000}){1000}){1000}){1000}$', '')).toBe(true);
    expect(() => new Pattern('a'.repeat(LIMITS.pattern + 1))).toThrow(PatternFault);
  });

  it.each(['(a+)+$', '(a|a)*$', '(a*)*b', '(.*)(.*)(.*)(.*)[^a]$', 'a{0,200}a{0,200}b'])(
    'takes time in proportion to the text for %p, which others need for ever for',
    (source) => {
      const stepsFor = (length: number) => {
        let steps = 0;
        new Pattern(source).test(`${'a'.repeat(length)}!`, (more) => (steps += more));
        return steps;
      };
      expect(stepsFor(20_000)).toBeLessThan(2.2 * stepsFor(10_000));
    },
  );

  it('never throws anything but a fault, whatever the pattern', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab()[]{}*+?|\\^$.-:<>=!,0129xdwi😀') }), (source) => {
        try {
          test(source, 'ab0');
        } catch (error) {
          expect(error).toBeInstanceOf(PatternFault);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
