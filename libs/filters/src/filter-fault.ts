/** The rules that a filter can break. */
export type FilterRule = 'required' | 'too-long' | 'too-complex' | 'syntax' | 'type' | 'unsupported' | 'pattern' | 'not-boolean';

/** What is wrong with the text of a filter. `at` is an offset in it. */
export class FilterFault extends Error {
  constructor(
    readonly rule: FilterRule,
    readonly reason: string,
    readonly at: number,
  ) {
    super(reason);
  }
}

/** Where in a text something is; lines and columns count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionOf(text: string, at: number): Position {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: at - lineStart + 1 };
}
