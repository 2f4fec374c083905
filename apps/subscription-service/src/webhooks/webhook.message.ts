import { enumOf, type RetryPolicy, type ShownSecret, timestampOf, type Webhook, type WebhookChange } from '../grpc/index.js';
import { versionTag } from '../http/index.js';
import { type Standing, standingMessages } from '../webhook-standing/index.js';
import type { WebhookChange as ShownChange } from './webhook-history.js';

/** A webhook as HTTP shows it. */
export interface ShownWebhook extends Standing {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly url: string;
  readonly method: string;
  readonly channelId: string | null;
  readonly events: readonly string[];
  readonly unknownEvents?: readonly string[];
  readonly filter: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: { readonly type: string; readonly headerName?: string; readonly headerNames?: readonly string[] };
  readonly payloadFormat: string;
  readonly signing: boolean;
  readonly hasSecret: boolean;
  readonly secretLast4: string | null;
  readonly status: string;
  readonly disabledReason: string | null;
  readonly disabledAt: string | null;
  readonly notificationType: string;
  readonly retryPolicy: { readonly schedule: readonly string[] | null; readonly finalStatuses: readonly number[] } | null;
  readonly timeoutMs: number;
  readonly maxInFlight: number;
  readonly rateLimit: { readonly perSecond: number } | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly notifyEmails?: readonly string[];
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly secret?: string | undefined;
  readonly secretWhsec?: string | undefined;
}

/** The same as a message; what is null over HTTP is absent. */
export function webhookMessage(view: ShownWebhook): Webhook {
  return {
    id: view.id,
    accountId: view.accountId,
    name: view.name,
    url: view.url,
    method: enumOf('HTTP_METHOD_', view.method),
    channelId: view.channelId ?? undefined,
    events: [...view.events],
    filter: view.filter ?? undefined,
    headers: view.headers,
    auth: {
      type: enumOf('AUTH_TYPE_', view.auth.type),
      headerName: view.auth.headerName,
      headerNames: [...(view.auth.headerNames ?? [])],
    },
    payloadFormat: enumOf('PAYLOAD_FORMAT_', view.payloadFormat),
    signing: view.signing,
    hasSecret: view.hasSecret,
    secretLast4: view.secretLast4 ?? undefined,
    status: enumOf('WEBHOOK_STATUS_', view.status),
    disabledReason: view.disabledReason ?? undefined,
    disabledAt: view.disabledAt === null ? undefined : timestampOf(view.disabledAt),
    notificationType: enumOf('NOTIFICATION_TYPE_', view.notificationType),
    retryPolicy: view.retryPolicy ? retryPolicyMessage(view.retryPolicy) : undefined,
    timeoutMs: view.timeoutMs,
    maxInFlight: view.maxInFlight,
    rateLimit: view.rateLimit ?? undefined,
    metadata: view.metadata,
    notifyEmails: [...(view.notifyEmails ?? [])],
    version: view.version,
    createdAt: timestampOf(view.createdAt),
    updatedAt: timestampOf(view.updatedAt),
    ...standingMessages(view),
    etag: versionTag(view.version),
    unknownEvents: [...(view.unknownEvents ?? [])],
  };
}

/** The webhook, and beside it the secret when the call has made one. */
export function webhookAnswer(view: ShownWebhook): { webhook: Webhook; shownSecret: ShownSecret | undefined } {
  const { secret, secretWhsec } = view;
  return { webhook: webhookMessage(view), shownSecret: secret === undefined ? undefined : { secret, secretWhsec: secretWhsec! } };
}

function retryPolicyMessage({ schedule, finalStatuses }: NonNullable<ShownWebhook['retryPolicy']>): RetryPolicy {
  return { schedule: schedule ? { delays: [...schedule] } : undefined, finalStatuses: [...finalStatuses] };
}

export function changeMessage({ version, type, actor, occurredAt, changes }: ShownChange): WebhookChange {
  const text = (value: unknown): string | undefined => (value === null ? undefined : JSON.stringify(value));
  return {
    ...{ version, type, actor },
    occurredAt: timestampOf(occurredAt),
    changes: changes.map(({ field, before, after, replaced = [] }) => ({
      field,
      before: text(before),
      after: text(after),
      replaced: [...replaced],
    })),
  };
}
