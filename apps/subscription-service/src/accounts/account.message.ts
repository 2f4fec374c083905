import * as rpc from '../grpc/index.js';
import { fieldMask, patchOf, sent, timestampOf } from '../grpc/index.js';
import { versionTag } from '../http/index.js';
import type { Account } from './account.js';

/** What a mask may name, with the name over HTTP. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['name', 'name'],
  ['owner_email', 'ownerEmail'],
  ['roles', 'roles'],
  ['required_role', 'requiredRole'],
  ['notifications', 'notifications'],
  ['notifications.enabled', 'notifications.enabled'],
  ['notifications.extra_emails', 'notifications.extraEmails'],
  ['notifications.digest_minutes', 'notifications.digestMinutes'],
  ['notifications.kinds', 'notifications.kinds'],
]);
const LISTS = new Set(['roles', 'notifications.extraEmails', 'notifications.kinds']);

export function accountMessage(account: Account): rpc.Account {
  const { ownerEmail, requiredRole, notifications, createdAt, updatedAt, roles } = account;
  return {
    ...account,
    ownerEmail: ownerEmail ?? undefined,
    roles: [...roles],
    requiredRole: requiredRole ?? undefined,
    notifications: {
      enabled: notifications.enabled,
      extraEmails: [...notifications.extraEmails],
      digestMinutes: notifications.digestMinutes ?? undefined,
      kinds: [...notifications.kinds],
    },
    createdAt: timestampOf(createdAt),
    updatedAt: timestampOf(updatedAt),
    etag: versionTag(account.version),
  };
}

/** An account as the body of a POST over HTTP. */
export function accountBody(request: rpc.CreateAccountRequest): object {
  return { ...request, notifications: request.notifications && sent(request.notifications) };
}

/** A change as the body of a PATCH over HTTP. @throws AppError `VALIDATION_FAILED` for a mask that names what cannot be changed */
export function accountPatchBody({ patch, updateMask }: rpc.UpdateAccountRequest): object {
  return patchOf(patch ?? {}, fieldMask(updateMask, FIELDS), LISTS);
}
