import { AUTH_TYPES, HTTP_METHODS, PAYLOAD_FORMATS } from '#libs/contracts';
import { type RetryPolicy, sent, type WebhookAuthInput, type WebhookInput, wordOf } from '../grpc/index.js';
import { STATUSES } from './webhook.dto.js';

/** A webhook as the body of a POST or PUT over HTTP. Lists and maps that are empty were not sent: on the wire they are the same. */
export function inputBody(input: Partial<WebhookInput>): Record<string, unknown> {
  const { method, headers, auth, payloadFormat, status, notificationType, retryPolicy, metadata, ...same } = input;
  return sent({
    ...same,
    method: wordOf('HTTP_METHOD_', HTTP_METHODS, method),
    headers: filled(headers),
    auth: auth && authBody(auth),
    payloadFormat: wordOf('PAYLOAD_FORMAT_', PAYLOAD_FORMATS, payloadFormat),
    status: statusWord(status),
    notificationType: wordOf('NOTIFICATION_TYPE_', ['REST'], notificationType),
    retryPolicy: retryPolicyBody(retryPolicy),
    metadata: filled(metadata),
  });
}

export function statusWord(status: string | undefined): unknown {
  return wordOf('WEBHOOK_STATUS_', STATUSES, status);
}

export function retryPolicyBody(policy: Partial<RetryPolicy> | undefined): Record<string, unknown> | undefined {
  return policy && sent({ schedule: policy.schedule && (policy.schedule.delays ?? []), finalStatuses: policy.finalStatuses });
}

function authBody({ type, headers, ...rest }: WebhookAuthInput): object {
  return sent({ type: wordOf('AUTH_TYPE_', AUTH_TYPES, type), ...rest, headers: filled(headers) });
}

function filled(texts: Record<string, string> | undefined): Record<string, string> | undefined {
  return texts && Object.keys(texts).length > 0 ? texts : undefined;
}
