import { ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { bound, boundErrors } from './bounded.js';
import { failureText } from './failure.js';
import { FilterFault, positionOf, type FilterRule, type Position } from './filter-fault.js';
import type { FilterInput } from './filter-input.js';
import { createLanguage, evaluatorOf, generalizeTypes, generalizeValues, TYPE_VARIABLE, unknownCall } from './language.js';
import { LIMITS } from './limits.js';
import { Meter } from './meter.js';
import { callOf, comprehensionOf, nodesOf, type TreeNode } from './tree.js';

/** Whether an event satisfies a filter, or why that cannot be told. The reason holds nothing of the event. */
export type FilterResult = { readonly matched: boolean; readonly failed?: undefined } | { readonly failed: string };

export interface Filter {
  readonly text: string;
  /** Never throws; costs at most `BUDGET`. */
  matches(input: FilterInput): FilterResult;
}

export type FilterCheck =
  { readonly ok: true } | { readonly ok: false; readonly position: Position; readonly rule: FilterRule; readonly reason: string };

const language = createLanguage();
const meter = new Meter();
const evaluator = evaluatorOf(language);
boundErrors(evaluator, meter);
generalizeValues(evaluator);
const functions = new Set(language.getDefinitions().functions.map(({ name }) => name));
/** Functions of the library that work around what is bounded here: in what is parsed, in how deep types are. */
const UNSUPPORTED = new Set(['json', 'of']);

/** Checks the text of a filter as it is saved: syntax, types as far as they are known, size, patterns. */
export function checkFilter(text: string): FilterCheck {
  try {
    compileFilter(text);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof FilterFault)) throw error;
    return { ok: false, position: positionOf(text, error.at), rule: error.rule, reason: error.reason };
  }
}

/** @throws FilterFault when `checkFilter` would not be content */
export function compileFilter(text: string): Filter {
  const evaluate = compiled(text);
  return {
    text,
    matches(input) {
      meter.begin();
      // A list may have thousands of elements that each make an error, and the stack is most of what that costs.
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 0;
      try {
        const result: unknown = evaluate(input);
        if (meter.isSpent) return { failed: TOO_MUCH };
        return typeof result === 'boolean' ? { matched: result } : { failed: 'the filter gives a value that is neither true nor false' };
      } catch (error) {
        return { failed: meter.isSpent ? TOO_MUCH : failureText(error) };
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
    },
  };
}

const TOO_MUCH = 'the filter costs too much for this event';

function compiled(text: string): ReturnType<typeof language.parse> {
  if (text.trim() === '') throw new FilterFault('required', 'a filter must not be empty', 0);
  if (text.length > LIMITS.text) throw new FilterFault('too-long', `a filter has at most ${LIMITS.text} characters`, LIMITS.text);
  // Neither can be stored as text.
  const unstorable = text.search(/\u0000|\p{Cs}/u);
  if (unstorable >= 0) throw new FilterFault('syntax', 'a filter holds no NUL and no lone surrogate', unstorable);
  const unknown = unknownCall(text, functions);
  if (unknown) throw new FilterFault('type', `there is no function ${unknown.name}`, unknown.at);
  try {
    const parsed = language.parse(text);
    const root = parsed.ast as unknown as TreeNode;
    admit(root);
    const checked = parsed.check();
    if (!checked.valid) throw checked.error ?? new FilterFault('type', 'the types do not fit', 0);
    if (checked.type !== 'bool' && checked.type !== 'dyn')
      throw new FilterFault('not-boolean', `a filter must be true or false, this one is of type ${checked.type}`, 0);
    bound(root, meter);
    return parsed;
  } catch (error) {
    throw faultOf(error);
  }
}

/** Refuses what is not supported and gives the variable `type` the name under which the library can have it. */
function admit(root: TreeNode): void {
  const nesting = new Map<TreeNode, number>();
  for (const node of nodesOf(root)) {
    generalizeTypes(node);
    if (node.op === 'id' && node.args === 'type') node.args = TYPE_VARIABLE;
    const name = callOf(node)?.name;
    if (name !== undefined && UNSUPPORTED.has(name)) throw new FilterFault('unsupported', `${name}() is not supported`, node.pos);
    const loop = comprehensionOf(node);
    if (loop?.iterVarName === 'type') loop.iterVarName = TYPE_VARIABLE;
    if (loop && nestingOf(node, nesting) > LIMITS.nestedMacros)
      throw new FilterFault('too-complex', `at most ${LIMITS.nestedMacros} macros over lists may be within one another`, node.pos);
    const bind = node.meta['macro'] as { var?: unknown } | undefined;
    if (bind?.var === 'type') bind.var = TYPE_VARIABLE;
  }
}

/** How many loops are within one another, this one included. */
function nestingOf(node: TreeNode, known: Map<TreeNode, number>): number {
  let nesting = known.get(node);
  if (nesting === undefined) {
    const inner = nodesOf(comprehensionOf(node)!.step).filter(comprehensionOf);
    known.set(node, (nesting = 1 + Math.max(0, ...inner.map((each) => nestingOf(each, known)))));
  }
  return nesting;
}

function faultOf(error: unknown): FilterFault {
  if (error instanceof FilterFault) return error;
  if (error instanceof ParseError || error instanceof CelTypeError) {
    const { code, summary, range } = error as { code?: string; summary?: string; range?: { start: number } };
    const rule = code === 'limit_exceeded' ? 'too-complex' : error instanceof ParseError ? 'syntax' : 'type';
    return new FilterFault(rule, (summary ?? 'not an expression').replaceAll(TYPE_VARIABLE, 'type'), range?.start ?? 0);
  }
  // Deeper than the stack, which the limits of size do not exclude for every form.
  return new FilterFault('too-complex', 'the expression is too complex', 0);
}
