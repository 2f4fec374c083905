/** What went wrong, in the few words a door (HTTP filter, gRPC filter, consumer adapter) needs to answer. */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'denied'
  /** Nothing is wrong with the request itself: something else has to be the case first. */
  | 'precondition'
  | 'notFound'
  | 'conflict'
  | 'stale'
  | 'tooLarge'
  | 'limited'
  | 'unavailable'
  | 'bug';

export interface ErrorRow {
  readonly kind: ErrorKind;
  /** Whether the same input may succeed later without being changed. */
  readonly retryable: boolean;
  /** One short sentence, the same for every occurrence; ends up in `title` of a problem document. */
  readonly title: string;
}

export interface FieldError {
  /** Path of the field as the caller wrote it, e.g. `auth.token`. */
  readonly field: string;
  /** Stable name of the rule that the field breaks, e.g. `egress.private-address`. */
  readonly rule: string;
  readonly message: string;
  /** Where in the text of the field, lines and columns counted from 1; only of fields that are written in a language. */
  readonly position?: { readonly line: number; readonly column: number };
}

const table = new Map<string, ErrorRow>();

/**
 * Adds one feature's rows to the error table and returns them, keys typed.
 * @throws Error when a code is already taken: a code means one thing in the whole system.
 */
export function errorRows<Code extends string>(rows: Record<Code, ErrorRow>): Record<Code, ErrorRow> {
  for (const [code, row] of Object.entries<ErrorRow>(rows)) {
    if (table.has(code)) throw new Error(`error code ${code} is defined twice`);
    table.set(code, Object.freeze(row));
  }
  return rows;
}

/** Every row that the loaded modules have defined, for the generated error page and its checks. */
export function errorTable(): ReadonlyMap<string, ErrorRow> {
  return table;
}

export interface AppErrorOptions {
  readonly cause?: unknown;
  readonly fields?: readonly FieldError[];
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** The one error class. Kind, title and `retryable` come from the code's row, so no error can carry another's. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly title: string;
  readonly retryable: boolean;
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: string,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    const row = table.get(code);
    if (!row) throw new Error(`error code ${code} is not in the error table`);
    this.kind = row.kind;
    this.title = row.title;
    this.retryable = row.retryable;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
