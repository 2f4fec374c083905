import { EvaluationError } from '@marcbachmann/cel-js';
import { isNode } from './tree.js';

/** Errors whose text names types, operators and functions, but nothing of the event. */
const OPEN = new Set([
  'no_such_overload',
  'no_matching_overload',
  'invalid_condition_type',
  'invalid_logical_operand',
  'invalid_comprehension_range',
  'division_by_zero',
  'modulo_by_zero',
  'optional_value_missing',
  'optional_expected',
]);

const TEXTS: Readonly<Record<string, string>> = {
  numeric_overflow: 'a whole number is too large for this calculation (64 bits)',
  index_out_of_bounds: 'a list has fewer elements',
  index_out_of_range: 'a position is outside of the text',
  invalid_timestamp: 'timestamp() was given what is not a time',
  invalid_duration: 'duration() was given what is not a duration',
  bool_conversion_error: 'bool() was given what is neither true nor false',
  int_conversion_error: 'int() was given what is not a whole number',
  uint_conversion_error: 'uint() was given what is not a whole number from 0',
  double_conversion_error: 'double() was given what is not a number',
};

/** Why an evaluation failed, for the owner of the filter, at a person's reading; never a value of the event. */
export function failureText(error: unknown): string {
  if (error instanceof SyntaxError) return 'the data or the context of the event is not JSON';
  if (!(error instanceof EvaluationError)) return 'the filter cannot be evaluated for this event';
  const { code, summary } = error as EvaluationError & { code?: string; summary?: string };
  if (code === 'no_such_key') return missing(error);
  if (code !== undefined && OPEN.has(code)) return readable(summary ?? code);
  return TEXTS[code ?? ''] ?? 'the filter cannot be evaluated for this event';
}

/** The type names of the library as the language has them. */
function readable(text: string): string {
  return text.replace(/dyn<([^<>]*)>/g, '$1').replace(/google\.protobuf\.(Timestamp|Duration)/g, (_, name: string) => name.toLowerCase());
}

/** A member that is named in the filter may be told; one whose name is taken from the event may not. */
function missing(error: EvaluationError): string {
  const node = (error as { node?: unknown }).node;
  const name = isNode(node) && (node.op === '.' || node.op === '.?') ? (node.args as unknown[])[1] : undefined;
  if (typeof name !== 'string') return 'there is no such member';
  return `there is no ${name}; has() asks whether there is, and .?${name}.orValue(…) gives something in its place`;
}
