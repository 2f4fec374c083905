import { fieldMask, patchOf, type TextPatch, type UpdateWebhookRequest } from '../grpc/index.js';
import { inputBody } from './webhook-input.message.js';

/** What a mask may name, with the name over HTTP. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['name', 'name'],
  ['url', 'url'],
  ['method', 'method'],
  ['channel_id', 'channelId'],
  ['events', 'events'],
  ['filter', 'filter'],
  ['headers', 'headers'],
  ['auth', 'auth'],
  ['payload_format', 'payloadFormat'],
  ['signing', 'signing'],
  ['secret', 'secret'],
  ['status', 'status'],
  ['notification_type', 'notificationType'],
  ['retry_policy', 'retryPolicy'],
  ['retry_policy.schedule', 'retryPolicy.schedule'],
  ['retry_policy.final_statuses', 'retryPolicy.finalStatuses'],
  ['timeout_ms', 'timeoutMs'],
  ['max_in_flight', 'maxInFlight'],
  ['rate_limit', 'rateLimit'],
  ['metadata', 'metadata'],
  ['notify_emails', 'notifyEmails'],
]);
const LISTS = new Set(['events', 'retryPolicy.finalStatuses', 'notifyEmails']);

/** A change as the body of a PATCH over HTTP. @throws AppError `VALIDATION_FAILED` for a mask that names what cannot be changed */
export function patchBody({ patch, updateMask }: UpdateWebhookRequest): object {
  const { headers, metadata, ...same } = patch ?? {};
  const values = {
    ...inputBody(same),
    headers: headers && textPatchBody(headers),
    metadata: metadata && textPatchBody(metadata),
  };
  return patchOf(values, fieldMask(updateMask, FIELDS), LISTS);
}

function textPatchBody({ set, remove }: Partial<TextPatch>): Record<string, string | null> {
  return Object.fromEntries([...Object.entries(set ?? {}), ...(remove ?? []).map((name) => [name, null] as const)]);
}
