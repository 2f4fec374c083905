import { mergeRetryPolicy, type RetryPolicyInput } from './retry-policy.js';
import type { Webhook, WebhookSettings } from './webhook.js';

type TextPatch = Readonly<Record<string, string | null>>;

/** A change of settings: a JSON Merge Patch (RFC 7396), so that null takes away and objects are merged member by member. */
export interface SettingsPatch extends Partial<Omit<WebhookSettings, 'headers' | 'metadata' | 'retryPolicy'>> {
  readonly headers?: TextPatch | null | undefined;
  readonly metadata?: TextPatch | null | undefined;
  readonly retryPolicy?: RetryPolicyInput | null | undefined;
}

/** The values that a webhook's settings have after a change; only those that it names. */
export function mergeSettings(webhook: Webhook, patch: SettingsPatch): Partial<WebhookSettings> {
  const { headers, metadata, retryPolicy, ...plain } = patch;
  return {
    ...plain,
    ...(headers === undefined ? {} : { headers: headers === null ? {} : mergeHeaders(webhook.headers, headers) }),
    ...(metadata === undefined ? {} : { metadata: metadata === null ? {} : withoutNulls({ ...webhook.metadata, ...metadata }) }),
    ...(retryPolicy === undefined ? {} : { retryPolicy: mergeRetryPolicy(webhook.retryPolicy, retryPolicy) }),
  };
}

/** The members of a change of texts that set something. */
export function withoutNulls(texts: TextPatch): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The names of headers have no case: `x-env` replaces `X-Env`. */
function mergeHeaders(current: Readonly<Record<string, string>>, patch: TextPatch): Record<string, string> {
  const spelling = new Map(Object.keys(patch).map((name) => [name.toLowerCase(), name]));
  const kept = Object.entries(current).filter(([name]) => (spelling.get(name.toLowerCase()) ?? name) === name);
  return withoutNulls({ ...Object.fromEntries(kept), ...patch });
}
