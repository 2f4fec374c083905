import type { EndpointHealthV1, WebhookStateV1 } from '#libs/contracts';

/** What was told of an endpoint, by whoever owned it; an abstract class so that it is its own injection token. */
export abstract class KnownHealth {
  /** False until everything that was told before the start is known. */
  abstract readonly ready: boolean;

  abstract find(webhookId: string): EndpointHealthV1 | undefined;

  abstract values(): Iterable<EndpointHealthV1>;

  /** Called for every change, also of one's own telling; `current` is undefined once the webhook is deleted. */
  abstract onChange(listener: (webhookId: string, current: EndpointHealthV1 | undefined) => void): void;

  /** Called once, when it is ready. */
  abstract onLoaded(listener: () => void): void;
}

/** Whether a record says no more than that all is well. */
export function isWell(record: EndpointHealthV1): boolean {
  return record.circuit === 'closed' && record.failingSince === null && record.autoDisabled === null;
}

/** Whether a webhook that was to be disabled was changed after that and is enabled: then its owner has decided. */
export function enabledSince({ autoDisabled, changedAt }: EndpointHealthV1, state: WebhookStateV1 | undefined): boolean {
  return autoDisabled !== null && state?.status === 'enabled' && Date.parse(state.updatedAt) > Date.parse(changedAt);
}
