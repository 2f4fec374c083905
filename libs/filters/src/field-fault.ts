import type { FieldError } from '#libs/kernel';
import type { FilterCheck } from './filter.js';

/** What is wrong with a filter as the fault of a field of a request. */
export function filterFault(field: string, { position, rule, reason }: Extract<FilterCheck, { ok: false }>): FieldError {
  return { field, rule: `filter.${rule}`, message: `line ${position.line}, column ${position.column}: ${reason}`, position };
}
