import { LIMITS } from '../limits.js';
import { isWordCharacter, type CharacterSet } from './character-set.js';
import { PatternFault, parsePattern, type Assertion, type PatternNode } from './pattern-parser.js';

type Step =
  | { readonly kind: 'set'; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: 'assert'; readonly assertion: Assertion; readonly next: number }
  | { readonly kind: 'either'; readonly one: number; readonly other: number }
  | { readonly kind: 'found' };

const NONE = -1; // the character before the first and after the last one

/**
 * A regular expression that takes time in proportion to the text, whatever the two are: all ways of matching are followed
 * at once. The engine of the platform tries them one after the other, which can take longer than anyone waits.
 */
export class Pattern {
  private readonly steps: Step[] = [{ kind: 'found' }];
  private readonly start: number;

  /** @throws PatternFault */
  constructor(text: string) {
    if (text.length > LIMITS.pattern) throw new PatternFault(LIMITS.pattern, `more than ${LIMITS.pattern} characters`);
    this.start = this.compile(parsePattern(text), 0);
  }

  /** Whether it matches anywhere in the text. @param spend told how many steps were made, now and then; may throw */
  test(text: string, spend: (steps: number) => void): boolean {
    const run = new Run(this.steps);
    let before = NONE;
    let unpaid = 0;
    for (let at = 0; ;) {
      const here = text.codePointAt(at) ?? NONE;
      if (run.enter(this.start, before, here)) return true;
      if (here === NONE) return false;
      unpaid += run.size + 1;
      if (unpaid > 256) {
        spend(unpaid);
        unpaid = 0;
      }
      at += here > 0xffff ? 2 : 1;
      if (run.advance(here, text.codePointAt(at) ?? NONE)) return true;
      before = here;
    }
  }

  /** Adds the steps of a part that goes on at `next`; tells where it begins. */
  private compile(node: PatternNode, next: number): number {
    switch (node.kind) {
      case 'set':
        return this.add({ kind: 'set', set: node.set, next });
      case 'assert':
        return this.add({ kind: 'assert', assertion: node.assertion, next });
      case 'all':
        return node.parts.reduceRight((after, part) => this.compile(part, after), next);
      case 'any':
        return node.choices
          .map((choice) => this.compile(choice, next))
          .reduceRight((other, one) => this.add({ kind: 'either', one, other }));
      case 'repeat':
        return this.repeat(node.part, node.least, node.most, next);
    }
  }

  private repeat(part: PatternNode, least: number, most: number, next: number): number {
    let start = next;
    if (most === Infinity) {
      start = this.add({ kind: 'either', one: next, other: next });
      this.steps[start] = { kind: 'either', one: this.compile(part, start), other: next };
    } else {
      for (let i = least; i < most; i++) start = this.add({ kind: 'either', one: this.compile(part, start), other: next });
    }
    for (let i = 0, before = NONE; i < least && start !== before; i++) {
      before = start;
      start = this.compile(part, start); // the same again: the part is empty, however often
    }
    return start;
  }

  private add(step: Step): number {
    if (this.steps.length >= LIMITS.patternSteps) throw new PatternFault(0, 'too many repetitions');
    return this.steps.push(step) - 1;
  }
}

/** The ways of matching that are open while a text is read. */
class Run {
  private open: number[] = [];
  private readonly waiting: number[] = [];
  private readonly seenAt: Uint32Array;
  private position = 1;

  constructor(private readonly steps: readonly Step[]) {
    this.seenAt = new Uint32Array(steps.length);
  }

  get size(): number {
    return this.open.length;
  }

  /** Opens what can be reached from a step without a character. @returns whether that is the end */
  enter(step: number, before: number, here: number): boolean {
    this.waiting.push(step);
    while (this.waiting.length > 0) {
      const index = this.waiting.pop()!;
      if (this.seenAt[index] === this.position) continue;
      this.seenAt[index] = this.position;
      const { steps, waiting } = this;
      const at = steps[index]!;
      if (at.kind === 'found') return true;
      if (at.kind === 'set') this.open.push(index);
      else if (at.kind === 'either') waiting.push(at.one, at.other);
      else if (holds(at.assertion, before, here)) waiting.push(at.next);
    }
    return false;
  }

  /** Goes on by one character in every open way. @returns whether one of them ends */
  advance(character: number, after: number): boolean {
    const open = this.open;
    this.open = [];
    this.position++;
    for (const index of open) {
      const step = this.steps[index]!;
      if (step.kind === 'set' && step.set.has(character) && this.enter(step.next, character, after)) return true;
    }
    return false;
  }
}

function holds(assertion: Assertion, before: number, here: number): boolean {
  switch (assertion) {
    case 'text-start':
      return before === NONE;
    case 'text-end':
      return here === NONE;
    case 'line-start':
      return before === NONE || before === 10;
    case 'line-end':
      return here === NONE || here === 10;
    case 'word-edge':
      return isWordCharacter(before) !== isWordCharacter(here);
    case 'no-word-edge':
      return isWordCharacter(before) === isWordCharacter(here);
  }
}
