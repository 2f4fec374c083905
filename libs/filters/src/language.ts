import { Environment } from '@marcbachmann/cel-js';
import { LIMITS } from './limits.js';
import type { TreeNode } from './tree.js';

/** The variable `type` inside the library, where that name is taken. */
export const TYPE_VARIABLE = 'event_type';

type Numeric = number | bigint | { valueOf(): bigint };
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/**
 * CEL with optional member access and the variables of an event. Beyond the standard, a whole number and one with a
 * fraction are reckoned with together, as fractions: JSON has one kind of number, so `data.price * 2` must not
 * depend on whether a price happens to be whole.
 */
export function createLanguage(): Environment {
  const language = new Environment({
    homogeneousAggregateLiterals: false, // JSON lists are mixed, so may those be that they are compared with
    enableOptionalTypes: true,
    limits: {
      maxAstNodes: LIMITS.nodes,
      maxDepth: LIMITS.depth,
      maxListElements: LIMITS.listElements,
      maxMapEntries: LIMITS.mapEntries,
      maxCallArguments: LIMITS.callArguments,
    },
  })
    .registerVariable(TYPE_VARIABLE, 'string')
    .registerVariable('accountId', 'string')
    .registerVariable('channelId', 'string')
    .registerVariable('time', 'google.protobuf.Timestamp')
    .registerVariable('data', 'dyn')
    .registerVariable('context', 'dyn');
  for (const [operator, reckon] of Object.entries(ARITHMETIC)) {
    for (const whole of ['int', 'uint']) {
      const handler = (a: Numeric, b: Numeric): number => reckon(Number(a), Number(b));
      language.registerOperator(`${whole} ${operator} double: double`, handler);
      language.registerOperator(`double ${operator} ${whole}: double`, handler);
    }
  }
  return language;
}

interface Evaluator {
  debugType(value: unknown): unknown;
  debugTypeDeep: (value: unknown) => unknown;
}

/** What evaluates the trees of a language; the library hands it to operators only. */
export function evaluatorOf(language: Environment): unknown {
  const parsed = language.parse('true == true');
  parsed.check();
  let evaluator: unknown;
  (parsed.ast as unknown as TreeNode).handle = (_left, _right, _node, given) => {
    evaluator = given;
    return true;
  };
  parsed({});
  return evaluator;
}

interface Checker {
  check(node: unknown, context: unknown): unknown;
  getType(name: string): unknown;
}
type Check = (checker: Checker, node: TreeNode, context: unknown) => unknown;

/** A list or a map with parts of any types, each of which is checked. */
const asGeneral =
  (name: 'list' | 'map'): Check =>
  (checker, { args }, context) => {
    for (const part of [args].flat(2)) checker.check(part, context);
    return checker.getType(name);
  };
const GENERAL: Readonly<Record<string, Check>> = { list: asGeneral('list'), map: asGeneral('map'), accuPush: asGeneral('list') };

/**
 * The library keeps each type that it ever met for as long as the process runs, and a list of lists of maps is a type: filters
 * and events could fill the memory with ever new ones. Here a list is a list and a map a map, whatever is in them.
 */
export function generalizeTypes(node: TreeNode): void {
  const check = GENERAL[node.op];
  const isEmpty = Array.isArray(node.args) && node.args.length === 0;
  if (check && !isEmpty) node.meta['check'] = check;
}

/** The same for the values of events. */
export function generalizeValues(evaluator: unknown): void {
  const general = evaluator as Evaluator;
  general.debugTypeDeep = (value) => general.debugType(value);
}

const TOKEN = /[rRbB]?(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\/[^\n]*|([A-Za-z_]\w*)(?=\s*\()/g;

/** Where a text calls a function that there is none of, before the library sees it: it keeps these names for ever too. */
export function unknownCall(text: string, functions: ReadonlySet<string>): { readonly name: string; readonly at: number } | undefined {
  for (const { 1: name, index } of text.matchAll(TOKEN)) {
    if (name !== undefined && name !== 'in' && !functions.has(name)) return { name, at: index };
  }
  return undefined;
}
