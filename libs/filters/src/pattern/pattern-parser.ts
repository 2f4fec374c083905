import { CharacterSet, complement, LAST_CODE_POINT, NAMED_RANGES, type Range } from './character-set.js';

/** Where a pattern cannot be read, and why. `at` is an offset in the pattern. */
export class PatternFault extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';

export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'all'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'any'; readonly choices: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly least: number; /** Infinity: no limit. */ readonly most: number };

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', a: '\x07' };
const EDGES: Readonly<Record<string, Assertion>> = { b: 'word-edge', B: 'no-word-edge', A: 'text-start', z: 'text-end' };
const MAX_COUNT = 1_000;

/**
 * Reads a regular expression in the syntax of RE2, as CEL has it: no look-around and no references back, which are what
 * makes matching slow. @throws PatternFault
 */
export function parsePattern(text: string): PatternNode {
  return new PatternParser([...text]).whole();
}

class PatternParser {
  private at = 0;
  private ignoreCase = false;
  private dotAll = false;
  private multiLine = false;

  constructor(private readonly text: readonly string[]) {}

  whole(): PatternNode {
    const flags = /^\(\?([ims]+)\)/.exec(this.text.join(''));
    if (flags) {
      this.at = flags[0].length;
      this.ignoreCase = flags[1]!.includes('i');
      this.multiLine = flags[1]!.includes('m');
      this.dotAll = flags[1]!.includes('s');
    }
    const node = this.choices();
    if (this.at < this.text.length) throw this.fault('unexpected )');
    return node;
  }

  private choices(): PatternNode {
    const choices = [this.sequence()];
    while (this.take('|')) choices.push(this.sequence());
    return choices.length === 1 ? choices[0]! : { kind: 'any', choices };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.at < this.text.length && this.text[this.at] !== '|' && this.text[this.at] !== ')') parts.push(this.repeated());
    return { kind: 'all', parts };
  }

  private repeated(): PatternNode {
    const part = this.atom();
    const start = this.at;
    const count = this.count();
    if (!count) return part;
    this.take('?'); // lazy or not: whether there is a match is the same
    if (count.least > count.most || Math.max(count.least, Number.isFinite(count.most) ? count.most : 0) > MAX_COUNT)
      throw this.fault('invalid repetition count', start);
    if (/^[*+?]$/.test(this.text[this.at] ?? '')) throw this.fault('a repetition cannot be repeated');
    return { kind: 'repeat', part, ...count };
  }

  private count(): { least: number; most: number } | undefined {
    if (this.take('*')) return { least: 0, most: Infinity };
    if (this.take('+')) return { least: 1, most: Infinity };
    if (this.take('?')) return { least: 0, most: 1 };
    const match = /^\{(\d{1,6})(,(\d{1,6})?)?\}/.exec(this.text.slice(this.at, this.at + 16).join(''));
    if (!match) return undefined; // a brace that counts nothing stands for itself
    this.at += match[0].length;
    const least = Number(match[1]);
    return { least, most: match[2] === undefined ? least : match[3] === undefined ? Infinity : Number(match[3]) };
  }

  private atom(): PatternNode {
    const start = this.at;
    const character = this.text[this.at++]!;
    switch (character) {
      case '(':
        return this.group(start);
      case '[':
        return { kind: 'set', set: this.characterClass(start) };
      case '.':
        return { kind: 'set', set: new CharacterSet(this.dotAll ? [] : [[10, 10]], true) };
      case '^':
        return { kind: 'assert', assertion: this.multiLine ? 'line-start' : 'text-start' };
      case '$':
        return { kind: 'assert', assertion: this.multiLine ? 'line-end' : 'text-end' };
      case '*':
      case '+':
      case '?':
        throw this.fault('nothing to repeat', start);
      case '\\': {
        const edge = EDGES[this.text[this.at] ?? ''];
        if (!edge) return this.setOf(this.escaped(start));
        this.at++;
        return { kind: 'assert', assertion: edge };
      }
      default:
        return this.setOf([[character.codePointAt(0)!, character.codePointAt(0)!]]);
    }
  }

  private group(start: number): PatternNode {
    if (this.take('?')) {
      const named = /^P?<[A-Za-z_]\w*>/.exec(this.text.slice(this.at, this.at + 64).join(''));
      if (named) this.at += named[0].length;
      else if (!this.take(':')) throw this.fault('look-around and flags within a pattern are not supported', start);
    }
    const node = this.choices();
    if (!this.take(')')) throw this.fault('missing )', start);
    return node;
  }

  private characterClass(start: number): CharacterSet {
    const negated = this.take('^');
    const ranges: Range[] = [];
    for (let first = true; first || this.text[this.at] !== ']'; first = false) {
      if (this.at >= this.text.length) throw this.fault('missing ]', start);
      const from = this.classMember();
      if (this.text[this.at] === '-' && this.text[this.at + 1] !== ']' && this.at + 1 < this.text.length) {
        this.at++;
        const to = this.classMember();
        if (!isSingle(from) || !isSingle(to) || from[0]![0] > to[0]![0]) throw this.fault('invalid range', start);
        ranges.push([from[0]![0], to[0]![0]]);
      } else ranges.push(...from);
    }
    this.at++;
    return new CharacterSet(ranges, negated, this.ignoreCase);
  }

  private classMember(): readonly Range[] {
    const start = this.at;
    const character = this.text[this.at++]!;
    if (character === '[' && this.text[this.at] === ':') throw this.fault('named classes are not supported', start);
    return character === '\\' ? this.escaped(start) : [[character.codePointAt(0)!, character.codePointAt(0)!]];
  }

  /** What follows a backslash, as ranges. */
  private escaped(start: number): readonly Range[] {
    const character = this.text[this.at++];
    if (character === undefined) throw this.fault('nothing after \\', start);
    const named = NAMED_RANGES[character.toLowerCase()];
    if (named && /[dwsDWS]/.test(character)) return character === character.toLowerCase() ? named : complement(named);
    const single = CONTROLS[character] ?? (/[A-Za-z0-9]/.test(character) ? this.numbered(character, start) : character);
    const codePoint = single.codePointAt(0)!;
    return [[codePoint, codePoint]];
  }

  private numbered(character: string, start: number): string {
    const match = character === 'x' && /^(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,6})\})/.exec(this.text.slice(this.at, this.at + 8).join(''));
    const codePoint = match ? Number.parseInt(match[1] ?? match[2]!, 16) : Infinity;
    if (!match || codePoint > LAST_CODE_POINT) throw this.fault(`\\${character} is not supported`, start);
    this.at += match[0].length;
    return String.fromCodePoint(codePoint);
  }

  private setOf(ranges: readonly Range[]): PatternNode {
    return { kind: 'set', set: new CharacterSet(ranges, false, this.ignoreCase) };
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private fault(message: string, at = this.at): PatternFault {
    return new PatternFault(at, message);
  }
}

function isSingle(ranges: readonly Range[]): boolean {
  return ranges.length === 1 && ranges[0]![0] === ranges[0]![1];
}
