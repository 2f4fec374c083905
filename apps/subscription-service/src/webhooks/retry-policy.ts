import { durationMs, type FieldError } from '#libs/kernel';
import type { RetryPolicy } from './webhook.js';

/** As a caller wrote it: lists, of which the entries are not yet checked. What is absent is left alone, null clears it. */
export interface RetryPolicyInput {
  readonly schedule?: readonly string[] | null | undefined;
  readonly finalStatuses?: readonly number[] | null | undefined;
}

const MAX_DELAYS = 20;
const MAX_DELAY_MS = 7 * 86_400_000;
const MAX_FINAL_STATUSES = 50;

/** What is wrong with the entries of a retry policy, each named by its place. */
export function retryPolicyFaults({ schedule, finalStatuses }: RetryPolicyInput): FieldError[] {
  return [...scheduleFaults('retryPolicy.schedule', schedule ?? []), ...statusFaults('retryPolicy.finalStatuses', finalStatuses ?? [])];
}

/** The policy after a merge (RFC 7396) of `input` into `current`. Only for an input without faults. */
export function mergeRetryPolicy(current: RetryPolicy | null, input: RetryPolicyInput | null): RetryPolicy | null {
  if (input === null) return null;
  const { schedule, finalStatuses } = input;
  return {
    schedule: schedule === undefined ? (current?.schedule ?? null) : schedule,
    finalStatuses: finalStatuses === undefined ? (current?.finalStatuses ?? []) : (finalStatuses ?? []),
  };
}

/** The delays of a policy in milliseconds, for those who retry; null: the deployment's. */
export function scheduleMs({ schedule }: RetryPolicy): number[] | null {
  if (schedule === null) return null;
  return schedule.map((delay) => {
    const ms = durationMs(delay);
    if (ms === undefined) throw new Error(`${delay} was stored as a delay and is none`);
    return ms;
  });
}

function scheduleFaults(path: string, schedule: readonly unknown[]): FieldError[] {
  if (schedule.length > MAX_DELAYS) {
    return [{ field: path, rule: 'retry.delay-count', message: `${path} may hold ${MAX_DELAYS} delays` }];
  }
  return schedule.flatMap((delay, index) => {
    const field = `${path}[${index}]`;
    const ms = typeof delay === 'string' ? durationMs(delay) : undefined;
    if (ms === undefined) {
      return [{ field, rule: 'retry.delay-form', message: 'a delay is a whole number with ms, s, m, h or d, such as "30s"' }];
    }
    return ms > MAX_DELAY_MS ? [{ field, rule: 'retry.delay-range', message: 'a delay is at most 7d' }] : [];
  });
}

function statusFaults(path: string, statuses: readonly unknown[]): FieldError[] {
  if (statuses.length > MAX_FINAL_STATUSES) {
    return [{ field: path, rule: 'retry.status-count', message: `${path} may hold ${MAX_FINAL_STATUSES} statuses` }];
  }
  return statuses.flatMap((status, index) => {
    const field = `${path}[${index}]`;
    if (!Number.isInteger(status) || (status as number) < 300 || (status as number) > 599) {
      return [{ field, rule: 'retry.status', message: 'a final status is a whole number from 300 to 599' }];
    }
    return statuses.indexOf(status) < index ? [{ field, rule: 'duplicate', message: `${String(status)} is there twice` }] : [];
  });
}
