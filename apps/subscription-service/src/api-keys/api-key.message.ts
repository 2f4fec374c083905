import { SCOPES } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { enumOf, fieldMask, patchOf, timeOf, timestampOf, wordOf } from '../grpc/index.js';
import { versionTag } from '../http/index.js';
import type { apiKeyView } from './api-key.js';

/** What a mask may name, with the name over HTTP. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['name', 'name'],
  ['scopes', 'scopes'],
  ['expires_at', 'expiresAt'],
]);
const LISTS = new Set(['scopes']);

export function apiKeyMessage(view: ReturnType<typeof apiKeyView>): rpc.ApiKey {
  const { id, accountId, name, version, prefix, last4 } = view;
  return {
    ...{ id, accountId, name, version, prefix, last4 },
    scopes: view.scopes.map((scope) => enumOf('SCOPE_', scope)),
    expiresAt: optionalTime(view.expiresAt),
    lastUsedAt: optionalTime(view.lastUsedAt),
    previousValidUntil: optionalTime(view.previousValidUntil),
    createdAt: timestampOf(view.createdAt),
    updatedAt: timestampOf(view.updatedAt),
    etag: versionTag(version),
  };
}

/** A key as the body of a POST over HTTP. */
export function apiKeyBody({ name, scopes, expiresAt }: Partial<rpc.ApiKeyPatch>): object {
  return {
    name,
    scopes: scopes?.map((scope) => wordOf('SCOPE_', SCOPES, scope)),
    expiresAt: expiresAt && timeOf(expiresAt),
  };
}

/** A change as the body of a PATCH over HTTP. @throws AppError `VALIDATION_FAILED` for a mask that names what cannot be changed */
export function apiKeyPatchBody({ patch, updateMask }: rpc.UpdateApiKeyRequest): object {
  return patchOf(apiKeyBody(patch ?? {}), fieldMask(updateMask, FIELDS), LISTS);
}

function optionalTime(time: string | null): rpc.Timestamp | undefined {
  return time === null ? undefined : timestampOf(time);
}
