import { deliveryAttemptedV1, type DeliveryAttemptedV1 } from './attempted.js';
import { deliveryCommandV1, type DeliveryCommandV1 } from './delivery-command.js';
import { endpointHealthV1, type EndpointHealthV1 } from './endpoint-health.js';
import { eventTypeStateV1, type EventTypeStateV1 } from './event-type-state.js';
import type { MessageSpec } from './message-spec.js';
import { deliveryOutcomeV1, type DeliveryOutcomeV1 } from './outcome.js';
import { webhookEventV1, type WebhookEventV1 } from './webhook-event.js';
import { webhookStateV1, type WebhookStateV1 } from './webhook-state.js';

/** Every version of a message whose value is JSON of ours. Domain events, delivery requests and events that matched nothing are not here: their value is the publisher's bytes. */
export interface Messages {
  readonly DeliveryAttemptedV1: DeliveryAttemptedV1;
  readonly DeliveryCommandV1: DeliveryCommandV1;
  readonly DeliveryOutcomeV1: DeliveryOutcomeV1;
  readonly EndpointHealthV1: EndpointHealthV1;
  readonly EventTypeStateV1: EventTypeStateV1;
  readonly WebhookEventV1: WebhookEventV1;
  readonly WebhookStateV1: WebhookStateV1;
}

/** What is known of each: readers check by its schema, and `docs/asyncapi.yaml` is made from it. */
export const messages: { readonly [Name in keyof Messages]: MessageSpec<Messages[Name]> } = {
  DeliveryAttemptedV1: deliveryAttemptedV1,
  DeliveryCommandV1: deliveryCommandV1,
  DeliveryOutcomeV1: deliveryOutcomeV1,
  EndpointHealthV1: endpointHealthV1,
  EventTypeStateV1: eventTypeStateV1,
  WebhookEventV1: webhookEventV1,
  WebhookStateV1: webhookStateV1,
};
