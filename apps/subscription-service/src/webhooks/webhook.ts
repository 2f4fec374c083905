import type { AuthType, HttpMethod, PayloadFormatName } from '#libs/contracts';

export const DEFAULT_TIMEOUT_MS = 15_000;
export const DEFAULT_API_KEY_HEADER = 'x-api-key';

/** What an owner sets and reads back as it was set. */
export interface WebhookSettings {
  readonly name: string;
  readonly url: string;
  readonly method: HttpMethod;
  /** `null`: events of every channel, and of none. */
  readonly channelId: string | null;
  readonly events: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly payloadFormat: PayloadFormatName;
  readonly timeoutMs: number;
  readonly notificationType: 'REST';
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
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The ids of everything sealed that a webhook still needs. */
export function sealedIdsOf(webhook: Webhook): string[] {
  const ids = webhook.secrets.map((secret) => secret.id);
  return webhook.auth.credentialsId === null ? ids : [...ids, webhook.auth.credentialsId];
}
