import { isDeepStrictEqual } from 'node:util';
import { AppError, assertNever } from '#libs/kernel';
import type { WebhookEvent } from './webhook.events.js';
import type { SecretRef, Webhook, WebhookAuth, WebhookSettings } from './webhook.js';
import './webhook.errors.js';

/** Why a webhook that its owner switched off is off. */
export const DISABLED_BY_OWNER = 'manual';

/** A wish that fits every rule of its fields; whether it fits the webhook is decided here. */
export type WebhookCommand =
  | {
      readonly kind: 'create';
      readonly accountId: string;
      readonly settings: WebhookSettings;
      readonly auth: WebhookAuth;
      /** `null`: signing is off. */
      readonly secret: SecretRef | null;
      readonly status: Webhook['status'];
    }
  | {
      readonly kind: 'change';
      readonly settings: Partial<WebhookSettings>;
      readonly auth?: WebhookAuth | undefined;
      readonly signing?: false | undefined;
      /** Replaces the secret in use and switches signing on. */
      readonly secret?: SecretRef | undefined;
      readonly status?: Webhook['status'] | undefined;
    }
  | {
      readonly kind: 'rotate';
      readonly secret: SecretRef;
      /** RFC 3339: until when the one before it signs as well; `null`: not any longer. */
      readonly previousValidUntil: string | null;
    }
  /** `by`: only a secret whose time is over then, RFC 3339; absent: whatever is left of it. */
  | { readonly kind: 'end-previous-secret'; readonly by?: string | undefined }
  | { readonly kind: 'delete' };

/**
 * The events that a command leads to; none when nothing would change.
 * @throws AppError `WEBHOOK_NOT_FOUND`, `WEBHOOK_NOT_SIGNED`
 */
export function decide(webhook: Webhook | undefined, command: WebhookCommand): WebhookEvent[] {
  if (command.kind === 'create') return [creation(command)];
  if (!webhook) throw new AppError('WEBHOOK_NOT_FOUND', 'there is no webhook with this id');
  switch (command.kind) {
    case 'change':
      return changes(webhook, command);
    case 'rotate':
      return [rotation(webhook, command)];
    case 'end-previous-secret':
      return endOfPreviousSecret(webhook, command);
    case 'delete':
      return [{ type: 'webhook.deleted', data: {} }];
    default:
      return assertNever(command);
  }
}

function creation(command: WebhookCommand & { kind: 'create' }): WebhookEvent {
  const { accountId, settings, auth, secret, status } = command;
  const disabledReason = status === 'disabled' ? DISABLED_BY_OWNER : null;
  return { type: 'webhook.created', data: { accountId, settings, auth, signing: secret !== null, secret, status, disabledReason } };
}

function rotation(webhook: Webhook, { secret, previousValidUntil }: WebhookCommand & { kind: 'rotate' }): WebhookEvent {
  if (!webhook.signing) throw new AppError('WEBHOOK_NOT_SIGNED', 'signing is off: switch it on to get a secret');
  return { type: 'webhook.secret-rotated', data: { secret, previousValidUntil } };
}

function endOfPreviousSecret({ secrets }: Webhook, { by }: WebhookCommand & { kind: 'end-previous-secret' }): WebhookEvent[] {
  const validUntil = secrets[1]?.validUntil;
  if (!validUntil || (by !== undefined && Date.parse(validUntil) > Date.parse(by))) return [];
  return [{ type: 'webhook.updated', data: { previousSecrets: 'ended' } }];
}

function changes(webhook: Webhook, command: WebhookCommand & { kind: 'change' }): WebhookEvent[] {
  const events: WebhookEvent[] = [];
  const settings = differing(webhook, command.settings);
  const signingOff = command.signing === false && webhook.signing;
  const authChanged = command.auth !== undefined && !isDeepStrictEqual(command.auth, webhook.auth);
  if (settings || authChanged || signingOff) {
    const data = {
      ...(settings ? { settings } : {}),
      ...(authChanged ? { auth: command.auth } : {}),
      ...(signingOff ? { signing: false as const } : {}),
    };
    events.push({ type: 'webhook.updated', data });
  }
  if (command.secret) events.push({ type: 'webhook.secret-rotated', data: { secret: command.secret, previousValidUntil: null } });
  if (command.status && command.status !== webhook.status) {
    events.push(
      command.status === 'enabled'
        ? { type: 'webhook.enabled', data: {} }
        : { type: 'webhook.disabled', data: { reason: DISABLED_BY_OWNER } },
    );
  }
  return events;
}

function differing(webhook: Webhook, wanted: Partial<WebhookSettings>): Partial<WebhookSettings> | undefined {
  const entries = (Object.entries(wanted) as [keyof WebhookSettings, unknown][]).filter(
    ([field, value]) => value !== undefined && !sameSetting(field, value, webhook[field]),
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function sameSetting(field: keyof WebhookSettings, wanted: unknown, current: unknown): boolean {
  // Headers are sent in the order in which the owner wrote them, so that a change of the order is a change.
  if (field === 'headers') return JSON.stringify(wanted) === JSON.stringify(current);
  return isDeepStrictEqual(wanted, current);
}
