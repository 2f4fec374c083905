/** What a filter may be, checked when it is saved. */
export const LIMITS = {
  /** Characters of the text. */
  text: 4_096,
  /** Nodes of the syntax tree, a name, a literal or an operator each. */
  nodes: 500,
  /** Brackets and member accesses within one another. */
  depth: 48,
  listElements: 200,
  mapEntries: 100,
  callArguments: 8,
  /** Macros over lists (`exists`, `all`, `map`, `filter`, …) within one another. */
  nestedMacros: 3,
  /** Characters of a pattern of `matches`. */
  pattern: 256,
  /** Steps of the machine that a pattern becomes; repetitions count as often as they may repeat. */
  patternSteps: 1_000,
} as const;

/**
 * What one evaluation may cost, in units of roughly 50 ns: some 10 ms. An ordinary filter costs less than a hundred. It
 * counts work and not time, so that a filter does the same for an event on every machine.
 */
export const BUDGET = 200_000;
