import type { EgressClient, EgressResult } from '#libs/egress';
import type { WebhookRequest } from './webhook-request.js';

/** Sends a request and tells what came of it; a receiver's answer is never a throw. An abstract class so that it is its own injection token. */
export abstract class WebhookSender {
  /** @param timeoutMs for everything, from the look-up of the name to the last byte of the answer */
  abstract send(request: WebhookRequest, timeoutMs: number): Promise<EgressResult>;
}

/** Sends over HTTP to where the egress guard lets it. */
export class EgressWebhookSender extends WebhookSender {
  constructor(private readonly client: EgressClient) {
    super();
  }

  override send(request: WebhookRequest, timeoutMs: number): Promise<EgressResult> {
    return this.client.send({ ...request, timeoutMs });
  }
}
