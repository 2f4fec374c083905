import { FilterFault } from './filter-fault.js';
import { lengthOf, sizeOf, TEXT_SHARE, type Meter } from './meter.js';
import { Pattern } from './pattern/pattern.js';
import { PatternFault } from './pattern/pattern-parser.js';
import { callOf, comprehensionOf, isNode, nodesOf, type Handle, type TreeNode } from './tree.js';

const ZONED = 2_000; // units: a date in a time zone
const SEARCHED = 512; // comparisons of a character that a unit pays for
const MAX_DURATION = 64; // characters; reading a duration takes time quadratic to them
const ERROR = 40; // units: an error that the language goes on after, without its stack
const SEARCHES = new Set(['contains', 'indexOf', 'lastIndexOf', 'split']);

interface Evaluator {
  run(node: unknown, context: unknown): unknown;
  tryEval: (node: unknown, context: unknown) => unknown;
}

/**
 * Makes the errors that `||`, `&&`, `exists` and `all` go on after cost something, and ends an evaluation that has spent all.
 * Each error points at its place in the text, for which it reads the text up to there.
 */
export function boundErrors(evaluator: unknown, meter: Meter): void {
  const bounded = evaluator as Evaluator;
  bounded.tryEval = (node, context) => {
    try {
      return bounded.run(node, context);
    } catch (error) {
      meter.spend(ERROR + ((error as { range?: { start: number } }).range?.start ?? 0) / TEXT_SHARE);
      return error;
    }
  };
}

/**
 * Makes everything in a checked tree whose cost depends on the event pay for it before it is done: loops by their turns,
 * comparisons, calls and concatenations by the size of what they work on. `matches` runs on an engine of ours.
 */
export function bound(root: TreeNode, meter: Meter): void {
  for (const node of nodesOf(root)) {
    const { handle } = node;
    if (handle) node.handle = boundHandle(node, handle, meter);
  }
}

function boundHandle(node: TreeNode, handle: Handle, meter: Meter): Handle {
  const loop = comprehensionOf(node);
  if (loop) {
    const turn = nodesOf(loop.step).length;
    return (items, b, c, d) => {
      meter.spend(turn * lengthOf(items));
      return handle(items, b, c, d);
    };
  }
  const call = callOf(node);
  if (call) return boundCall(call.name, node, handle, meter);
  switch (node.op) {
    case '==':
    case '!=':
    case 'in':
    case '+':
      return (left, right, c, d) => {
        // Comparing ends with the shorter text; everything else may have to see all of both.
        const apart = typeof left === 'string' && typeof right === 'string' && node.op !== '+' && left.length !== right.length;
        if (!apart && left !== right) meter.spend(sizeOf(left, meter.remaining) + sizeOf(right, meter.remaining));
        if (node.op === 'in' && Array.isArray(right)) meter.spend(right.length * sizeOf(left, meter.remaining));
        return handle(left, right, c, d);
      };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return (left, right, c, d) => {
        if (typeof left === 'string') meter.spend(sizeOf(left, meter.remaining));
        return handle(left, right, c, d);
      };
    case '[?]':
      return (list, b, c, d) => {
        if (Array.isArray(list)) meter.spend(ERROR + node.pos / TEXT_SHARE); // what a place beyond the end costs
        return handle(list, b, c, d);
      };
    default:
      return handle;
  }
}

function boundCall(name: string, node: TreeNode, handle: Handle, meter: Meter): Handle {
  if (name === 'matches') return matching(node, handle, meter);
  return (args, b, c, d) => {
    const values = args as readonly unknown[];
    for (const value of values) meter.spend(sizeOf(value, meter.remaining));
    const [first, second] = values;
    if (SEARCHES.has(name) && typeof first === 'string' && typeof second === 'string') {
      meter.spend((first.length * Math.min(second.length, first.length)) / SEARCHED + (name === 'split' ? first.length / 4 : 0));
    }
    if (name === 'join' && Array.isArray(first) && typeof second === 'string') meter.spend((first.length * second.length) / SEARCHED);
    if (name === 'duration' && typeof first === 'string' && first.length > MAX_DURATION) throw new Error('not a duration');
    if (name.startsWith('get') && values.length > 1) meter.spend(ZONED);
    return handle(args, b, c, d);
  };
}

function matching(node: TreeNode, handle: Handle, meter: Meter): Handle {
  const pattern = patternOf(node);
  const spend = (steps: number) => meter.spend(steps);
  return (args, b, c, d) => {
    const [text] = args as readonly unknown[];
    if (typeof text !== 'string') return handle(args, b, c, d); // says of what types there is no such function
    meter.spend(1 + text.length / 4);
    return pattern.test(text, spend);
  };
}

/** The pattern as it stands in the text: one that came with an event could not be checked when the filter is saved. */
function patternOf(node: TreeNode): Pattern {
  const argument = callOf(node)!.args[1];
  if (!isNode(argument) || argument.op !== 'value' || typeof argument.args !== 'string')
    throw new FilterFault('pattern', 'the pattern of matches() must be a text as it stands, such as matches("^BR-[0-9]+$")', node.pos);
  try {
    return new Pattern(argument.args);
  } catch (error) {
    if (error instanceof PatternFault) throw new FilterFault('pattern', `the pattern of matches(): ${error.message}`, argument.pos);
    throw error;
  }
}
