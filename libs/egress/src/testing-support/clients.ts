import { expect } from '@jest/globals';
import { WebhookReceiver, closeAfterTest, type Answer } from '#libs/testing';
import { AddressResolver, ResolveError } from '../address-resolver.js';
import { EgressClient, type EgressOptions } from '../egress-client.js';
import { parseEgressPolicy } from '../egress-policy.js';
import type { EgressRequest, EgressResult } from '../egress-result.js';

/** Loopback is in order, nothing else that is private. */
export const local = parseEgressPolicy('127.0.0.0/8', false);
/** As in production. */
export const strict = parseEgressPolicy('', false);

export function client(options: Partial<EgressOptions> = {}): EgressClient {
  const made = new EgressClient({ policy: local, ...options });
  closeAfterTest(() => made.close());
  return made;
}

export async function receiver(answer?: Answer): Promise<WebhookReceiver> {
  const started = await WebhookReceiver.start(answer);
  closeAfterTest(() => started.close());
  return started;
}

export const post = (url: string, changes: Partial<EgressRequest> = {}): EgressRequest => ({
  method: 'POST',
  url,
  headers: ['content-type', 'application/json', 'X-Env', 'prod'],
  body: Buffer.from('{"a":1.10}'),
  timeoutMs: 5000,
  ...changes,
});

export type Failure = Extract<EgressResult, { kind: 'failure' }>;
export type Response = Extract<EgressResult, { kind: 'response' }>;

/** The result as a failure; a test that gets an answer instead fails. */
export const failure = (result: EgressResult): Failure =>
  (result.kind === 'failure' ? result : expect(result).toBe('a failure')) as Failure;

export const response = (result: EgressResult): Response =>
  (result.kind === 'response' ? result : expect(result).toBe('a response')) as Response;

/** Answers look-ups from a list, the last one for good; an empty answer is a name that does not exist. */
export class Answers extends AddressResolver {
  asked = 0;
  constructor(private readonly answers: readonly (readonly string[] | 'silence')[]) {
    super();
  }
  override async resolve(): Promise<readonly string[]> {
    const answer = this.answers[Math.min(this.asked++, this.answers.length - 1)]!;
    if (answer === 'silence') return new Promise(() => undefined);
    if (answer.length === 0) throw new ResolveError('not-found', 'receiver.example has no address');
    return answer;
  }
}
