import type { AuthCredentials, WebhookStateV1 } from '#libs/contracts';
import { payloadFormat, type PayloadFormat } from '#libs/payload-formats';
import type { Sealer } from '#libs/secrets';
import { SigningKey } from '#libs/signing';
import { webhookHeaders, type WebhookHeaders } from './webhook-headers.js';

interface DatedKey {
  readonly key: SigningKey;
  /** Milliseconds since the epoch from which it no longer signs. */
  readonly until: number;
}

/**
 * One version of a webhook, with what every attempt needs worked out at the first one: decrypting and parsing cost more
 * than the rest of an attempt, and most webhooks of a large deployment rest. A new version is a new object, so nothing
 * here ever needs to be invalidated.
 */
export class Webhook {
  private cachedKeys: readonly DatedKey[] | undefined;
  private cachedHeaders: WebhookHeaders | undefined;
  private cachedFormat: PayloadFormat | undefined;

  constructor(
    readonly state: WebhookStateV1,
    private readonly sealer: Sealer,
  ) {}

  get id(): string {
    return this.state.id;
  }

  get format(): PayloadFormat {
    return (this.cachedFormat ??= payloadFormat(this.state.payloadFormat));
  }

  /**
   * The headers of its auth and its own.
   * @throws AppError `SECRET_KEY_UNKNOWN` or `SECRET_UNREADABLE`
   */
  get headers(): WebhookHeaders {
    return (this.cachedHeaders ??= webhookHeaders(this.state.headers, this.credentials()));
  }

  /**
   * The keys that sign at a time, the current one first; empty when signing is off.
   * @param now milliseconds since the epoch
   * @throws AppError `SECRET_KEY_UNKNOWN` or `SECRET_UNREADABLE`: what should be signed never goes out unsigned
   */
  signingKeys(now: number): readonly SigningKey[] {
    this.cachedKeys ??= this.state.signing ? this.openKeys() : [];
    return this.cachedKeys.filter(({ until }) => until > now).map(({ key }) => key);
  }

  private openKeys(): DatedKey[] {
    const { accountId, id, secrets } = this.state;
    return secrets.map((secret) => ({
      key: SigningKey.from(this.sealer.open(secret.sealed, ['signing', accountId, id, secret.id]).toString('utf8')),
      until: secret.validUntil === null ? Number.POSITIVE_INFINITY : Date.parse(secret.validUntil),
    }));
  }

  private credentials(): AuthCredentials {
    const { accountId, id, auth } = this.state;
    if (auth.sealed === null) return { type: 'NONE' };
    return JSON.parse(this.sealer.open(auth.sealed, ['auth', accountId, id]).toString('utf8')) as AuthCredentials;
  }
}
