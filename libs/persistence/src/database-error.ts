import { AppError } from '#libs/kernel';
import './persistence.errors.js';

const RETRY_AFTER_SECONDS = 2;

// SQLSTATE classes and codes after which the same statement may succeed later: connection exceptions (08), out of
// resources (53), operator intervention (57, which holds statement_timeout), serialization failure and deadlock, and
// the read-only answer of a server that is failing over.
const TRANSIENT_STATE = /^(08|53|57)|^(40001|40P01|25006)$/;

const TRANSIENT_SYSCALL = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

// pg reports a lost or unreachable server by message only, and TypeORM takes a session away in silence when its connection is lost.
const TRANSIENT_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|connection error and is not queryable|client was closed|driver not connected|connection is not established|query runner was already released/i;

/**
 * What a failed statement means: `DATABASE_UNAVAILABLE` when the fault lies with the server or the way to it, else the
 * cause itself. An AppError passes unchanged, so nested calls may all map.
 */
export function databaseError(cause: unknown): unknown {
  if (cause instanceof AppError) return cause;
  if (!isTransient(cause)) return cause;
  return new AppError('DATABASE_UNAVAILABLE', 'the database does not answer', { cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

/** The name of the unique constraint or index that a statement broke, or undefined when it failed for another reason. */
export function brokenUniqueConstraint(cause: unknown): string | undefined {
  for (const fault of causesOf(cause)) if (fault.code === '23505') return fault.constraint;
  return undefined;
}

function isTransient(cause: unknown): boolean {
  for (const fault of causesOf(cause)) {
    if (fault.code !== undefined && (TRANSIENT_STATE.test(fault.code) || TRANSIENT_SYSCALL.has(fault.code))) return true;
    if (TRANSIENT_MESSAGE.test(fault.message ?? '')) return true;
  }
  return false;
}

interface Fault {
  readonly code?: string;
  readonly constraint?: string;
  readonly message?: string;
}

/** An error, the driver error that TypeORM wraps, its causes, and the parts of an aggregate (one per address tried). */
function* causesOf(cause: unknown, depth = 0): Generator<Fault> {
  if (typeof cause !== 'object' || cause === null || depth > 4) return;
  const fault = cause as { code?: unknown; driverError?: unknown; cause?: unknown; errors?: unknown };
  yield { ...(cause as Fault), ...(cause instanceof Error ? { message: cause.message } : {}) };
  yield* causesOf(fault.driverError, depth + 1);
  yield* causesOf(fault.cause, depth + 1);
  if (Array.isArray(fault.errors)) for (const part of fault.errors) yield* causesOf(part, depth + 1);
}
