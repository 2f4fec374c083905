import { randomBytes } from 'node:crypto';
import type { Secret } from '#libs/kernel';
import type { Sealer } from '#libs/secrets';
import { generateSecret, whsecForm } from '#libs/signing';
import { type AuthInput, credentialsOf, describeCredentials } from './auth-credentials.js';
import type { SecretRef, WebhookAuth } from './webhook.js';
import type { SealedValue } from './webhook.store.js';

/** A secret as it is shown once, in the answer to the call that made it. */
export interface ShownSecret {
  readonly secret: string;
  /** The same key in the form that Standard Webhooks libraries take. */
  readonly secretWhsec: string;
}

export interface NewSecret {
  readonly ref: SecretRef;
  readonly sealed: SealedValue;
  readonly shown: ShownSecret;
}

export interface NewAuth {
  readonly auth: WebhookAuth;
  /** Undefined for `NONE`. */
  readonly sealed: SealedValue | undefined;
}

/** Makes and seals what must never rest in clear. The additional data binds each ciphertext to its account and webhook. */
export class SecretMaker {
  constructor(private readonly sealer: Sealer) {}

  /** @param own the owner's secret; one is generated when absent */
  signingSecret(accountId: string, webhookId: string, own: Secret | undefined): NewSecret {
    const secret = own?.reveal() ?? generateSecret();
    const id = `sec_${randomBytes(12).toString('hex')}`;
    const sealed = this.sealer.seal(secret, signingAad(accountId, webhookId, id));
    return {
      ref: { id, last4: [...secret].slice(-4).join(''), validUntil: null },
      sealed: { id, purpose: 'signing', sealed },
      shown: { secret, secretWhsec: whsecForm(secret) },
    };
  }

  /** The id of the master key under which everything new is sealed. */
  get keyId(): string {
    return this.sealer.currentKeyId;
  }

  /** The same value under the current master key; undefined when it lies there already. */
  renewed(accountId: string, webhookId: string, value: SealedValue): SealedValue | undefined {
    if (this.sealer.keyIdOf(value.sealed) === this.keyId) return undefined;
    const belongsTo = value.purpose === 'signing' ? signingAad(accountId, webhookId, value.id) : authAad(accountId, webhookId);
    return { ...value, sealed: this.sealer.seal(this.sealer.open(value.sealed, belongsTo), belongsTo) };
  }

  auth(accountId: string, webhookId: string, input: AuthInput): NewAuth {
    const credentials = credentialsOf(input);
    if (credentials.type === 'NONE') return { auth: describeCredentials(credentials, null), sealed: undefined };
    const id = `cred_${randomBytes(12).toString('hex')}`;
    const sealed = this.sealer.seal(JSON.stringify(credentials), authAad(accountId, webhookId));
    return { auth: describeCredentials(credentials, id), sealed: { id, purpose: 'auth', sealed } };
  }
}

function signingAad(accountId: string, webhookId: string, secretId: string): string[] {
  return ['signing', accountId, webhookId, secretId];
}

function authAad(accountId: string, webhookId: string): string[] {
  return ['auth', accountId, webhookId];
}
