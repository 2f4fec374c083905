/**
 * The enum member that stands for one of our words: `half-open` is `CIRCUIT_STATE_HALF_OPEN`.
 * @param prefix such as `CIRCUIT_STATE_`
 */
export function enumOf<E extends string>(prefix: string, word: string): E {
  return `${prefix}${word.toUpperCase().replaceAll(/[-:.]/g, '_')}` as E;
}

/** The word for which an enum member stands. What stands for none is handed on as it came, so that the rule about the field refuses it. */
export function wordOf(prefix: string, words: readonly string[], member: string | number | undefined): unknown {
  return member === undefined ? undefined : (words.find((word) => enumOf(prefix, word) === member) ?? member);
}
