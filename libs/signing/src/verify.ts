import { timingSafeEqual } from 'node:crypto';
import { plainSignature, standardWebhookSignature } from './sign.js';
import type { SigningKey } from './signing-key.js';

/** What a receiver needs of a request: three headers as they came, and the body bytes. */
export interface ReceivedWebhook {
  /** `webhook-id` */
  readonly id: string;
  /** `webhook-timestamp` */
  readonly timestamp: string;
  /** `webhook-signature` */
  readonly signature: string;
  readonly body: Buffer | null;
}

export type Verdict = 'verified' | 'timestamp-malformed' | 'timestamp-too-old' | 'timestamp-too-new' | 'signature-mismatch';

const TOLERANCE_SECONDS = 300; // what the Standard Webhooks libraries allow

/**
 * Checks a request as its receiver should: a fresh timestamp, and one `v1` signature of any key. Signatures are compared in constant time.
 * @param nowSeconds the receiver's clock, Unix seconds
 */
export function verifyStandardWebhook(
  keys: readonly SigningKey[],
  received: ReceivedWebhook,
  nowSeconds: number,
  toleranceSeconds = TOLERANCE_SECONDS,
): Verdict {
  if (!/^\d{1,12}$/.test(received.timestamp)) return 'timestamp-malformed';
  const timestamp = Number(received.timestamp);
  if (timestamp < nowSeconds - toleranceSeconds) return 'timestamp-too-old';
  if (timestamp > nowSeconds + toleranceSeconds) return 'timestamp-too-new';
  const offered = received.signature.split(' ');
  const matches = keys
    .map((key) => standardWebhookSignature([key], received.id, timestamp, received.body))
    .flatMap((expected) => offered.filter((signature) => equalInConstantTime(signature, expected)));
  return matches.length > 0 ? 'verified' : 'signature-mismatch';
}

/** Checks `x-hookstream-signature` in constant time. It has no timestamp: a recorded request passes again. */
export function verifyPlainSignature(keys: readonly SigningKey[], body: Buffer | null, signature: string): boolean {
  return keys.filter((key) => equalInConstantTime(signature, plainSignature(key, body))).length > 0;
}

function equalInConstantTime(offered: string, expected: string): boolean {
  const [a, b] = [Buffer.from(offered, 'utf8'), Buffer.from(expected, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}
