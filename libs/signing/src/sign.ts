import type { SigningKey } from './signing-key.js';

/**
 * The value of `webhook-signature`: one `v1,<base64>` per key, separated by spaces. HMAC-SHA256 over `{messageId}.{timestamp}.{body}`,
 * as Standard Webhooks says.
 * @param keys the current key first; two while a rotation overlaps
 * @param messageId the value of `webhook-id`
 * @param timestampSeconds the value of `webhook-timestamp`: Unix seconds of this attempt
 * @param body the bytes as sent; `null` when the request has none, which signs like an empty body
 */
export function standardWebhookSignature(
  keys: readonly SigningKey[],
  messageId: string,
  timestampSeconds: number,
  body: Buffer | null,
): string {
  const head = `${messageId}.${timestampSeconds}.`;
  let signatures = '';
  for (const key of keys) {
    const hmac = key.hmac().update(head, 'utf8');
    if (body !== null) hmac.update(body);
    signatures += `${signatures && ' '}v1,${hmac.digest('base64')}`;
  }
  return signatures;
}

/** The value of `x-hookstream-signature`: `sha256=` and the HMAC-SHA256 over the body bytes in lower-case hex. */
export function plainSignature(key: SigningKey, body: Buffer | null): string {
  return `sha256=${key
    .hmac()
    .update(body ?? '')
    .digest('hex')}`;
}
