import { Secret } from '#libs/kernel';
import { mergeRetryPolicy } from './retry-policy.js';
import type { RotateSecretDto } from './rotate-secret.dto.js';
import type { FullWebhookRequest, Rotation, WebhookRequest } from './webhook-request.js';
import type { CreateWebhookDto, UpdateWebhookDto } from './webhook.dto.js';
import { DEFAULT_MAX_IN_FLIGHT, DEFAULT_TIMEOUT_MS } from './webhook.js';

const DEFAULT_OVERLAP_SECONDS = 86_400;

/** A body of PATCH in the words of the domain. */
export function partialRequest(body: UpdateWebhookDto | CreateWebhookDto): WebhookRequest {
  const { auth, signing, secret, status, rateLimit, ...rest } = body;
  // Made plain: what is stored is compared with it, and an instance of a class is not equal to what comes out of JSON.
  const settings = { ...rest, rateLimit: rateLimit && { perSecond: rateLimit.perSecond } };
  return { settings, auth, signing, secret: secret === undefined ? undefined : new Secret(secret), status };
}

/** A body of POST or PUT: what it leaves out has its default. */
export function fullRequest(body: CreateWebhookDto): FullWebhookRequest {
  const { settings, ...rest } = partialRequest(body);
  return {
    ...rest,
    settings: {
      name: body.name,
      url: body.url,
      method: settings.method ?? 'POST',
      channelId: settings.channelId ?? null,
      events: body.events,
      filter: settings.filter ?? null,
      headers: body.headers ?? {},
      payloadFormat: settings.payloadFormat ?? 'DEFAULT',
      timeoutMs: settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      notificationType: settings.notificationType ?? 'REST',
      retryPolicy: mergeRetryPolicy(null, settings.retryPolicy ?? null),
      maxInFlight: settings.maxInFlight ?? DEFAULT_MAX_IN_FLIGHT,
      rateLimit: settings.rateLimit ?? null,
      metadata: body.metadata ?? {},
      notifyEmails: settings.notifyEmails ?? [],
    },
  };
}

/** A body of rotate-secret; without one the secret before stays for a day. */
export function rotation({ overlapSeconds, secret }: RotateSecretDto): Rotation {
  return { overlapSeconds: overlapSeconds ?? DEFAULT_OVERLAP_SECONDS, secret: secret === undefined ? undefined : new Secret(secret) };
}
