import type { AuthType, HttpMethod, PayloadFormatName } from '#libs/contracts';

export const DEFAULT_TIMEOUT_MS = 15_000;
export const DEFAULT_MAX_IN_FLIGHT = 10;
export const DEFAULT_API_KEY_HEADER = 'x-api-key';

/** What a webhook says of retries in place of the deployment's rules. */
export interface RetryPolicy {
  /** Delays before attempts 2, 3, … as the owner wrote them, such as `5m`; empty: no retries; `null`: the deployment's schedule. */
  readonly schedule: readonly string[] | null;
  /** HTTP statuses after which no further attempt is made. */
  readonly finalStatuses: readonly number[];
}

export interface RateLimit {
  /** Attempts a second at most; below 1 it is less than one a second. */
  readonly perSecond: number;
}

/** What an owner sets and reads back as it was set. */
export interface WebhookSettings {
  readonly name: string;
  readonly url: string;
  readonly method: HttpMethod;
  /** `null`: events of every channel, and of none. */
  readonly channelId: string | null;
  readonly events: readonly string[];
  /** A CEL expression; `null`: every event of these types. */
  readonly filter: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly payloadFormat: PayloadFormatName;
  readonly timeoutMs: number;
  readonly notificationType: 'REST';
  /** `null`: the deployment's rules. */
  readonly retryPolicy: RetryPolicy | null;
  /** Attempts under way at once. */
  readonly maxInFlight: number;
  /** `null`: as fast as the receiver answers. */
  readonly rateLimit: RateLimit | null;
  /** The owner's own notes; they go nowhere. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Who is told when it fails, besides whom its account names. */
  readonly notifyEmails: readonly string[];
}

/** How a webhook proves itself to its receiver, without the credentials: those lie sealed under `credentialsId`. */
export interface WebhookAuth {
  readonly type: AuthType;
  readonly credentialsId: string | null;
  /** Of `API_KEY`. */
  readonly headerName?: string;
  /** Of `CUSTOM_HEADERS`. */
  readonly headerNames?: readonly string[];
}

/** A signing secret by reference: the secret itself lies sealed under its id. */
export interface SecretRef {
  readonly id: string;
  readonly last4: string;
  /** RFC 3339 or `null`: until it is replaced. */
  readonly validUntil: string | null;
}

/** Who wants what, where: the current state of a webhook, as its events say. Holds no secret, sealed or not. */
export interface Webhook extends WebhookSettings {
  readonly id: string;
  readonly accountId: string;
  /** Counts the webhook's events. */
  readonly version: number;
  readonly auth: WebhookAuth;
  readonly signing: boolean;
  /** Newest first; empty when signing is off. */
  readonly secrets: readonly SecretRef[];
  readonly status: 'enabled' | 'disabled';
  readonly disabledReason: string | null;
  /** RFC 3339: since when it is disabled; `null`: it is enabled. */
  readonly disabledAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The ids of everything sealed that a webhook still needs. */
export function sealedIdsOf(webhook: Webhook): string[] {
  const ids = webhook.secrets.map((secret) => secret.id);
  return webhook.auth.credentialsId === null ? ids : [...ids, webhook.auth.credentialsId];
}
