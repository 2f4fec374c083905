import type { ErrorClass } from '#libs/contracts';
import { failureOf } from '../failure-words/index.js';

interface Failed {
  readonly errorClass: ErrorClass | null;
  readonly statusCode: number | null;
  /** As the sender recorded it. */
  readonly error?: string | null;
  readonly durationMs?: number;
}

/** A failure as the console says it, but that nothing of the answer is told: its headers may lead anywhere. */
export function failureInWords({ errorClass, statusCode, error = null, durationMs }: Failed): { words: string; hint: string } {
  if (errorClass === null) return { words: 'failed', hint: 'see the history' };
  const { words, hint } = failureOf({ errorClass, statusCode, durationMs: durationMs ?? 0, message: error });
  return { words: errorClass === 'timeout' && durationMs === undefined ? 'no reply in time' : words, hint };
}
