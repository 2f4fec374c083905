import type { DeliveryAttemptedV1, ErrorClass } from '#libs/contracts';
import type { EgressResult } from '#libs/egress';

/** What an attempt amounts to. */
export type Verdict =
  | { readonly status: 'succeeded'; readonly statusCode: number }
  | {
      readonly status: 'failed';
      readonly statusCode: number | null;
      readonly errorClass: ErrorClass;
      /** Name servers say that the host does not exist. */
      readonly nameMissing?: boolean;
      /** In words. */
      readonly error: string;
      /** Another attempt cannot change anything. */
      readonly final: boolean;
      /** `Retry-After` as the receiver wrote it. */
      readonly retryAfter: string | null;
    };

/** The receiver says that the endpoint is gone for good. */
const GONE = 410;

/**
 * Only 2xx is a success; a redirect is a failure, as it is never followed. A refusal of our own guard (`policy`) is
 * retried like the rest: names get corrected and ranges allowed while a delivery waits.
 */
export function judge(result: EgressResult): Verdict {
  if (result.kind === 'failure') {
    const statusCode = result.partial?.status ?? null;
    const { errorClass, message: error, nameMissing } = result;
    return { status: 'failed', statusCode, errorClass, ...(nameMissing && { nameMissing }), error, final: false, retryAfter: null };
  }
  const { status, headers } = result;
  if (status >= 200 && status < 300) return { status: 'succeeded', statusCode: status };
  const retryAfter = headers['retry-after'];
  return {
    status: 'failed',
    statusCode: status,
    errorClass: status < 400 ? 'http_3xx' : status < 500 ? 'http_4xx' : 'http_5xx',
    error: `the receiver answered ${status}`,
    final: status === GONE,
    retryAfter: Array.isArray(retryAfter) ? (retryAfter[0] ?? null) : (retryAfter ?? null),
  };
}

/** An attempt that ended before a request could be made of it, such as data that the webhook's format cannot hold. */
export function unbuildable(error: string): Verdict {
  return { status: 'failed', statusCode: null, errorClass: 'protocol', error, final: true, retryAfter: null };
}

/** The verdict that a published attempt record tells of; it no longer knows what the next attempt depends on. */
export function verdictOf({ status, statusCode, errorClass, error }: DeliveryAttemptedV1): Verdict {
  if (status === 'succeeded') return { status, statusCode: statusCode! };
  return { status, statusCode, errorClass: errorClass!, error: error ?? '', final: true, retryAfter: null };
}
