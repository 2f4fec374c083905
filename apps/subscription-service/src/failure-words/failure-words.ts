import type { DeliveryAttemptedV1, ErrorClass } from '#libs/contracts';

/** What a failure is, finer than its error class: what words and hints go by. */
export const FAILURE_KINDS = [
  'dns',
  'connect',
  'reset',
  'tls',
  'timeout',
  'redirect',
  'unauthorized',
  'not-found',
  'gone',
  'slowed-down',
  'http-4xx',
  'http-5xx',
  'policy',
  'protocol',
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** A failure as people read it (console, Words). */
export interface AttemptFailure {
  readonly kind: FailureKind;
  /** What happened. */
  readonly words: string;
  /** What to do. */
  readonly hint: string;
  /** As the sender recorded it. */
  readonly message: string | null;
}

interface Failed {
  readonly errorClass: ErrorClass;
  readonly statusCode: number | null;
  readonly durationMs: number;
  /** Of the answer; absent when it is not known. */
  readonly headers?: NonNullable<DeliveryAttemptedV1['response']>['headers'] | undefined;
  readonly message: string | null;
}

const KIND_OF_CODE: ReadonlyMap<number, FailureKind> = new Map([
  [401, 'unauthorized'],
  [403, 'unauthorized'],
  [404, 'not-found'],
  [405, 'not-found'],
  [410, 'gone'],
  [429, 'slowed-down'],
]);
const KIND_OF_CLASS: Readonly<Record<ErrorClass, FailureKind>> = {
  ...{ dns: 'dns', connect: 'connect', tls: 'tls', timeout: 'timeout', reset: 'reset', policy: 'policy', protocol: 'protocol' },
  ...{ http_3xx: 'redirect', http_4xx: 'http-4xx', http_5xx: 'http-5xx' },
};

const WORDS: Readonly<Record<FailureKind, (failed: Failed) => readonly [words: string, hint: string]>> = {
  dns: () => ['host not found', 'check the URL'],
  connect: () => ['refused or unreachable', 'check that the receiver is running, and that its port and firewall let the request in'],
  reset: () => ['the receiver broke the connection off', 'look for a crash or a limit of size or time at the receiver or its proxy'],
  tls: ({ message }) => [message ?? 'no secure connection', 'check the certificate of the receiver: its dates, its names and its chain'],
  timeout: ({ durationMs }) => [`no reply in ${Math.max(1, Math.round(durationMs / 1000))} s`, 'answer 2xx first, work later'],
  redirect: ({ headers, statusCode }) => {
    const location = [headers?.['location']].flat()[0];
    return [`redirected (${statusCode})`, `redirects are not followed: use ${location ?? 'the address it leads to'}`];
  },
  unauthorized: ({ statusCode }) => [`the receiver refused the credentials (${statusCode})`, 'check Authentication'],
  'not-found': ({ statusCode }) => [`the receiver does not know the address (${statusCode})`, 'check path or method'],
  gone: () => ['the receiver said it is gone (410)', 'the webhook was disabled: enable it once the receiver takes requests again'],
  'slowed-down': ({ headers }) => {
    const wait = [headers?.['retry-after']].flat()[0];
    return ['the receiver asked to slow down (429)', wait === undefined ? 'set a rate limit' : `slowed to its Retry-After (${wait})`];
  },
  'http-4xx': ({ statusCode }) => [`the receiver refused the request (${statusCode})`, 'read its answer: it should say what it expects'],
  'http-5xx': ({ statusCode }) => [`the receiver failed (${statusCode})`, 'look into the log of the receiver: the request reached it'],
  policy: ({ message }) => [
    `refused${message === null ? ', as webhooks may not go there' : `: ${message}`}`,
    'use a URL that this deployment allows, or have its operator allow it; addresses of metadata services never are',
  ],
  protocol: () => ['the receiver did not answer in HTTP', 'check that the port is one of an HTTP server, and http or https'],
};

/** What an attempt that failed has to say. */
export function failureOf(failed: Failed): AttemptFailure {
  const byCode = failed.errorClass.startsWith('http_') && failed.statusCode !== null ? KIND_OF_CODE.get(failed.statusCode) : undefined;
  const kind = byCode ?? KIND_OF_CLASS[failed.errorClass];
  const [words, hint] = WORDS[kind](failed);
  return { kind, words, hint, message: failed.message };
}
