import type { Webhook } from './webhook.js';

/** The current version of each webhook; an abstract class so that it is its own injection token. */
export abstract class WebhookDirectory {
  /** undefined when the webhook does not exist, no longer, or is not known yet. */
  abstract find(id: string): Webhook | undefined;

  /**
   * Like `find`, but gives a webhook that was created just now a moment to become known: the router reads the topic of
   * webhooks on its own, and may have matched one that has not arrived here.
   */
  abstract findSoon(id: string): Promise<Webhook | undefined>;
}
