import type { Secret } from '#libs/kernel';
import type { AuthInput } from './auth-credentials.js';
import type { SettingsPatch } from './merge-settings.js';
import type { Webhook, WebhookSettings } from './webhook.js';

/** What a caller asks for, in the words of the domain. A field that is absent is left alone. */
export interface WebhookRequest {
  readonly settings: SettingsPatch;
  readonly auth?: AuthInput | undefined;
  /** `true` asks for a new secret, `false` switches signing off. */
  readonly signing?: boolean | undefined;
  /** The owner's own secret; asks for signing. */
  readonly secret?: Secret | undefined;
  readonly status?: Webhook['status'] | undefined;
}

/** A wish for another signing secret. */
export interface Rotation {
  /** How long the one before signs as well. */
  readonly overlapSeconds: number;
  /** The owner's own; one is generated when absent. */
  readonly secret?: Secret | undefined;
}

/** A request that names every setting. */
export interface FullWebhookRequest extends WebhookRequest {
  readonly settings: WebhookSettings;
}
