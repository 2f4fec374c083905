type Range = readonly [from: number, to: number];

/** A set of characters by their code points. */
export class CharacterSet {
  constructor(
    private readonly ranges: readonly Range[],
    private readonly negated = false,
    private readonly ignoreCase = false,
  ) {}

  has(codePoint: number): boolean {
    const found = this.inRanges(codePoint) || (this.ignoreCase && otherCases(codePoint).some((other) => this.inRanges(other)));
    return found !== this.negated;
  }

  private inRanges(codePoint: number): boolean {
    for (const [from, to] of this.ranges) if (codePoint >= from && codePoint <= to) return true;
    return false;
  }
}

const code = (character: string): number => character.codePointAt(0)!;
const span = (text: string): Range => [code(text[0]!), code(text[1]!)];
export const LAST_CODE_POINT = 0x10ffff;

/** What `\d`, `\w` and `\s` stand for: ASCII, as in RE2. */
export const NAMED_RANGES: Readonly<Record<string, readonly Range[]>> = {
  d: [span('09')],
  w: [span('09'), span('AZ'), span('__'), span('az')],
  s: [span('\t\n'), span('\f\r'), span('  ')],
};

/** Everything that the ranges leave out. */
export function complement(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = [];
  let from = 0;
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (first > from) gaps.push([from, first - 1]);
    from = Math.max(from, last + 1);
  }
  if (from <= LAST_CODE_POINT) gaps.push([from, LAST_CODE_POINT]);
  return gaps;
}

export const isWordCharacter = (codePoint: number): boolean => WORD.has(codePoint);
const WORD = new CharacterSet(NAMED_RANGES['w']!);

function otherCases(codePoint: number): number[] {
  const character = String.fromCodePoint(codePoint);
  return [character.toLowerCase(), character.toUpperCase()].map(code);
}

export type { Range };
