import type { FieldError } from '#libs/kernel';
import { problemOf } from '#libs/runtime';
import type { AcceptedEvent, BatchResult } from './event.service.js';

/** An accepted event as the API shows it. */
export interface AcceptedEventView {
  readonly id: string;
  readonly warnings?: readonly FieldError[];
}

/** A refused event of a batch; `error` is a problem document without what belongs to a whole answer. */
export interface RefusedEventView {
  readonly id?: string;
  readonly error: {
    readonly code: string;
    readonly title: string;
    readonly status: number;
    readonly detail: string;
    readonly errors?: readonly FieldError[];
  };
}

export function acceptedView({ id, warnings }: AcceptedEvent): AcceptedEventView {
  return warnings.length > 0 ? { id, warnings } : { id };
}

export function resultView(result: BatchResult): AcceptedEventView | RefusedEventView {
  if (!('error' in result)) return acceptedView(result);
  const { code, title, status, detail, errors } = problemOf(result.error, '');
  return { ...(result.id === undefined ? {} : { id: result.id }), error: { code, title, status, detail, ...(errors ? { errors } : {}) } };
}
