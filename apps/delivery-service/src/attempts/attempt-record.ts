import { StringDecoder } from 'node:string_decoder';
import type { AttemptTrigger, Circuit, DeliveryAttemptedV1, DeliveryRequestedV1 } from '#libs/contracts';
import type { EgressAnswer, EgressResult, EgressTimings } from '#libs/egress';
import { MASK, type WebhookHeaders } from '../webhooks/index.js';
import type { Verdict } from './attempt.js';
import type { WebhookRequest } from './webhook-request.js';

export interface AttemptFacts {
  readonly id: string;
  readonly trigger: AttemptTrigger;
  readonly circuit: Circuit;
  /** RFC 3339. */
  readonly attemptedAt: string;
  /** Milliseconds since the epoch; undefined when no attempt follows. */
  readonly nextAttemptAt: number | undefined;
  readonly verdict: Verdict;
  /** What was, or was to be, sent. */
  readonly request: WebhookRequest;
  readonly shown: Pick<WebhookHeaders, 'shown' | 'credentials'>;
  /** undefined when there was nothing to send. */
  readonly result: EgressResult | undefined;
}

/** A JSON string can take six bytes for one; with more than this of a body the record could outgrow its topic (8 MiB). */
const MAX_RECORDED_BODY = 1_310_720;
const NO_TIMINGS: EgressTimings = { dns: null, connect: null, tls: null, firstByte: null, total: 0 };

/** The public record of an attempt. No credential is in it, not even one that the receiver sent back. */
export function attemptRecord(requested: DeliveryRequestedV1, facts: AttemptFacts): DeliveryAttemptedV1 {
  const { verdict, result } = facts;
  const answer = result?.kind === 'response' ? result : (result?.partial ?? null);
  const timings = result?.timings ?? NO_TIMINGS;
  const failed = verdict.status === 'failed';
  return {
    id: facts.id,
    deliveryId: requested.deliveryId,
    webhookId: requested.webhookId,
    accountId: requested.event.accountId,
    channelId: requested.event.channelId ?? null,
    eventId: requested.event.id,
    eventType: requested.event.type,
    attempt: requested.attempt,
    trigger: facts.trigger,
    circuit: facts.circuit,
    attemptedAt: facts.attemptedAt,
    durationMs: Math.round(timings.total),
    statusCode: verdict.statusCode,
    status: verdict.status,
    errorClass: failed ? verdict.errorClass : null,
    error: failed ? verdict.error : null,
    nextAttemptAt: facts.nextAttemptAt === undefined ? null : new Date(facts.nextAttemptAt).toISOString(),
    request: shownRequest(facts),
    response: answer && shownAnswer(answer, facts.shown.credentials),
    timings: {
      dns: rounded(timings.dns),
      connect: rounded(timings.connect),
      tls: rounded(timings.tls),
      firstByte: rounded(timings.firstByte),
      total: rounded(timings.total)!,
    },
    resolvedAddress: result?.address ?? null,
  };
}

function shownRequest({ request, shown }: AttemptFacts): DeliveryAttemptedV1['request'] {
  const headers: Record<string, string> = {};
  for (let i = 0; i < request.headers.length; i += 2) headers[request.headers[i]!] = request.headers[i + 1]!;
  const body = request.body && shownBody(request.body);
  return { method: request.method, url: request.url, headers: Object.assign(headers, shown.shown), body };
}

/** Whole characters only, and what is missing said at the end. */
function shownBody(body: Buffer): string {
  if (body.length <= MAX_RECORDED_BODY) return body.toString('utf8');
  const head = new StringDecoder('utf8').write(body.subarray(0, MAX_RECORDED_BODY));
  return `${head}\n[truncated: the first ${MAX_RECORDED_BODY} of ${body.length} bytes]`;
}

function shownAnswer(answer: EgressAnswer, credentials: readonly string[]): DeliveryAttemptedV1['response'] {
  const { status, headers, truncated } = answer;
  const body = answer.body.toString('utf8');
  if (credentials.length === 0) return { status, headers, body, truncated };
  const masked = (text: string): string => credentials.reduce((rest, credential) => rest.replaceAll(credential, MASK), text);
  const maskedHeaders = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.map(masked) : masked(value)]);
  return { status, headers: Object.fromEntries(maskedHeaders) as typeof headers, body: masked(body), truncated };
}

/** To a tenth of a millisecond. */
function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}
